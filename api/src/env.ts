import { z } from 'zod'

const origin = z
  .string()
  .refine((value) => isOrigin(value), 'is a list of origins such as https://app.example.com, separated by commas')

const schema = z
  .object({
    NODE_ENV: z.string().default('development'),
    PORT: z.coerce
      .number('is a port number')
      .int('is a port number')
      .min(0, 'is at least 0')
      .max(65_535, 'is at most 65535')
      .default(4000),
    HOST: z.string().min(1).default('127.0.0.1'),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'is a PostgreSQL URL such as postgresql://user@host:5432/name')
      .optional(),
    NOBISHIRO_DATA_DIR: z.string().min(1).default('.nobishiro'),
    NOBISHIRO_SECRET: z.string().min(32, 'has at least 32 characters').optional(),
    NOBISHIRO_ORIGINS: z
      .string()
      .default('')
      .transform((value) =>
        value
          .split(',')
          .map((item) => item.trim())
          .filter(Boolean),
      )
      .pipe(z.array(origin)),
    REDIS_URL: z
      .string()
      .regex(/^rediss?:\/\//, 'is a Redis URL such as redis://host:6379')
      .optional(),
    OTEL_EXPORTER_OTLP_ENDPOINT: z.url('is a URL such as http://127.0.0.1:4318').optional(),
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.url('is a URL such as http://127.0.0.1:4318/v1/traces').optional(),
    OTEL_SDK_DISABLED: z.string().default('false'),
    NOBISHIRO_FACTS_MB: z.coerce.number('is a number of megabytes').positive('is above 0').default(512),
    NOBISHIRO_PRIVATE_WEBHOOKS: z.enum(['refuse', 'allow'], 'is refuse or allow').default('refuse'),
    NOBISHIRO_KEY: z.string().startsWith('nbk_', 'is an API key, which begins with nbk_').optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  })
  .superRefine((env, context) => {
    if (env.NOBISHIRO_SECRET !== undefined || env.NODE_ENV !== 'production') return
    context.addIssue({
      code: 'custom',
      path: ['NOBISHIRO_SECRET'],
      message: 'is required in production; make one with: openssl rand -hex 32',
    })
  })

/** Settings of the process. */
export type Env = {
  production: boolean
  port: number
  host: string
  /** PostgreSQL; absent means the embedded database in `dataDir`. */
  databaseUrl: string | undefined
  dataDir: string
  /** Seals secrets at rest; absent means: keep one in the data folder. */
  secret: string | undefined
  /** Origins of the vendor's own pages that may call with a key. */
  origins: string[]
  /** Where processes share what callers may spend; absent means: each counts for itself. */
  redisUrl: string | undefined
  /** A collector of traces is named; the library of OpenTelemetry reads its own variables. */
  traces: boolean
  factsBytes: number
  /** Webhooks may go to http and to private addresses. */
  privateWebhooks: boolean
  logLevel: string
  /** API key of the commands that ask a server as a vendor's server does. */
  key: string | undefined
}

/** The settings were wrong; each line of the message names one. */
export class InvalidEnvError extends Error {}

/** The only reader of `process.env`. Empty variables count as absent. */
export function readEnv(variables: NodeJS.ProcessEnv = process.env): Env {
  const present = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = schema.safeParse(present)
  if (!parsed.success) {
    throw new InvalidEnvError(
      parsed.error.issues.map((issue) => `${issue.path[0] as string} ${issue.message}`).join('\n'),
    )
  }
  const env = parsed.data
  return {
    production: env.NODE_ENV === 'production',
    port: env.PORT,
    host: env.HOST,
    databaseUrl: env.DATABASE_URL,
    dataDir: env.NOBISHIRO_DATA_DIR,
    secret: env.NOBISHIRO_SECRET,
    origins: env.NOBISHIRO_ORIGINS,
    redisUrl: env.REDIS_URL,
    traces:
      (env.OTEL_EXPORTER_OTLP_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) !== undefined &&
      env.OTEL_SDK_DISABLED !== 'true',
    factsBytes: env.NOBISHIRO_FACTS_MB * 1024 * 1024,
    privateWebhooks: env.NOBISHIRO_PRIVATE_WEBHOOKS === 'allow',
    logLevel: env.LOG_LEVEL,
    key: env.NOBISHIRO_KEY,
  }
}

function isOrigin(value: string): boolean {
  return URL.canParse(value) && new URL(value).origin === value
}
