import type { CodegenConfig } from '@graphql-codegen/cli'
import { version } from './package.json' with { type: 'json' }

/** Reads ../api/schema.graphql and src/operations, writes src/generated and the server's manifest of this version: checked in, never edited. */
const config: CodegenConfig = {
  schema: '../api/schema.graphql',
  documents: 'src/operations/*.graphql',
  generates: {
    'src/generated/graphql.ts': {
      plugins: ['typescript-operations', { './codegen-documents.mjs': { as: 'exports', version } }],
      config: {
        enumType: 'string-literal',
        skipTypename: true,
        useTypeImports: true,
        inlineFragmentTypes: 'combine',
        inputMaybeValue: 'T | null | undefined',
        scalars: {
          BigInt: 'string',
          CurrencyCode: 'string',
          Date: 'string',
          DateTime: 'string',
          Decimal: 'string',
          ID: 'string',
          JSONObject: 'Record<string, string | number | boolean | null>',
        },
      },
    },
    [`../api/src/access/documents/generated/v${version.replaceAll('.', '-')}.ts`]: {
      plugins: [{ './codegen-documents.mjs': { as: 'manifest', version } }],
    },
  },
}

export default config
