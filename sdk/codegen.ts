import type { CodegenConfig } from '@graphql-codegen/cli'

/** Long, and asked only when a person opens a number or a mix: loaded then. */
const LATER = ['Explain', 'StrategyMix']

/** Reads ../api/schema.graphql and src/operations, writes src/generated, which is checked in and never edited. */
const config: CodegenConfig = {
  schema: '../api/schema.graphql',
  documents: 'src/operations/*.graphql',
  generates: {
    'src/generated/graphql.ts': {
      plugins: ['typescript-operations', { './codegen-documents.mjs': { except: LATER } }],
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
    'src/generated/later.ts': {
      plugins: [{ './codegen-documents.mjs': { only: LATER, types: './graphql.ts' } }],
    },
  },
}

export default config
