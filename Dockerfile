# The server on PostgreSQL. Build: docker build -t nobishiro . Settings: see README.md.
FROM node:20-slim AS base
WORKDIR /app
# Fixes the version of pnpm without corepack.
ENV PNPM="npx -y pnpm@12"

# Generates the database client and builds the widgets for script tags, which takes development dependencies.
FROM base AS build
COPY . .
RUN $PNPM install --frozen-lockfile && $PNPM --filter @nobishiro/widgets build

# What runs: production dependencies, sources, generated code.
FROM base
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY api/package.json api/
COPY sdk/package.json sdk/
COPY widgets/package.json widgets/
COPY prisma/package.json prisma/
COPY examples/admin-console/package.json examples/admin-console/
RUN $PNPM install --frozen-lockfile --prod --ignore-scripts && rm -rf /root/.npm /root/.cache
COPY . .
COPY --from=build /app/prisma/generated prisma/generated
COPY --from=build /app/widgets/dist/elements widgets/dist/elements
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--conditions=source", "--import", "tsx", "api/src/cli/nobishiro.ts", "serve"]
