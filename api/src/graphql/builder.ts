import type PrismaTypes from '@nobishiro/prisma/pothos'
import { getDatamodel } from '@nobishiro/prisma/pothos'
import SchemaBuilder from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import type { Capability } from '../access/capabilities.ts'
import { hasCapability, hasScope, type KeyScope } from '../access/principal.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Context } from './context.ts'
import { parseGlobalId } from './ids.ts'

/**
 * Extensions of a field of the query whose answer follows from what the ledger knows at its version, the viewer's eyes, the arguments and the
 * day: such answers are kept. One that reads rows past the loaders is not, marked or not.
 */
export const FROM_FACTS = { fromFacts: true } as const

export const builder = new SchemaBuilder<{
  Context: Context
  PrismaTypes: PrismaTypes
  DefaultFieldNullability: false
  DefaultEdgesNullability: { list: false; items: false }
  DefaultNodeNullability: false
  DefaultAuthStrategy: 'all'
  AuthScopes: { scope: KeyScope; capability: Capability }
  Scalars: {
    ID: { Input: string; Output: string }
    BigInt: { Input: bigint; Output: bigint }
    CurrencyCode: { Input: string; Output: string }
    Date: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date }
    Decimal: { Input: string; Output: string }
    JSONObject: { Input: unknown; Output: unknown }
  }
}>({
  plugins: [ScopeAuthPlugin, RelayPlugin, PrismaPlugin, ComplexityPlugin],
  defaultFieldNullability: false,
  prisma: {
    client: ({ prisma }) => prisma,
    dmmf: getDatamodel(),
  },
  relay: {
    cursorType: 'String',
    edgesFieldOptions: {
      nullable: { list: false, items: false },
      description: 'The rows of this page, in order.',
      complexity: { field: 0, multiplier: 1 },
    },
    nodeFieldOptions: { nullable: false, description: 'The row itself.', complexity: 1 },
    pageInfoFieldOptions: { description: 'Whether there are rows before or after this page.' },
    cursorFieldOptions: { description: 'Place of the row in the list, for `after` and `before`.' },
    nodeTypeOptions: { description: 'Anything with a global id.' },
    decodeGlobalID: (id) => {
      const parsed = parseGlobalId(id)
      if (parsed) return parsed
      throw new ExpectedError('INVALID_INPUT', 'id is not a global id.', 'id')
    },
    nodeQueryOptions: {
      nullable: true,
      description: 'An account or a subscription by global id; null when it does not exist or may not be seen.',
      authScopes: { capability: 'accounts' },
      complexity: 1,
      args: { id: { description: 'Global id.' } },
      resolve: async (_root, { id }, context, _info, resolveNode) => {
        const { typename } = id
        if (typename === 'Account' || typename === 'Subscription')
          return (await isNodeSeen(typename, id.id, context)) ? resolveNode(id) : null
        throw new ExpectedError(
          'INVALID_INPUT',
          `id is the id of a ${id.typename}, which cannot be asked for by id.`,
          'id',
        )
      },
    },
    nodesQueryOptions: false,
    pageInfoTypeOptions: { description: 'Where a page stands in its list.' },
    hasNextPageFieldOptions: { description: 'Whether rows follow this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether rows precede this page.' },
    startCursorFieldOptions: { nullable: true, description: 'Cursor of the first row; null for an empty page.' },
    endCursorFieldOptions: { nullable: true, description: 'Cursor of the last row; null for an empty page.' },
    idFieldOptions: { description: 'Global id.' },
    firstArgOptions: {
      description:
        'Rows from the start: up to 500 with a key, 100 with a session; 50 when neither first nor last is given.',
    },
    lastArgOptions: { description: 'Rows from the end; not together with first.' },
    afterArgOptions: { description: 'Cursor after which the page starts.' },
    beforeArgOptions: { description: 'Cursor before which the page ends.' },
  },
  // Costs are rows: what a field does not read costs nothing.
  complexity: { defaultComplexity: 0, defaultListMultiplier: 10 },
  scopeAuth: {
    defaultStrategy: 'all',
    authScopes: ({ principal }) => ({
      scope: (scope) => {
        if (hasScope(principal, scope)) return true
        throw new ExpectedError('FORBIDDEN', `This credential lacks the scope "${scope}".`)
      },
      capability: (capability) => {
        if (hasCapability(principal, capability)) return true
        throw new ExpectedError('FORBIDDEN', `This session lacks the capability "${capability}".`)
      },
    }),
  },
})

async function isNodeSeen(
  typename: 'Account' | 'Subscription',
  id: string,
  { membership, read, principal: { tenantId } }: Context,
): Promise<boolean> {
  const { context, sees } = await membership()
  if (context.viewer === 'TENANT') return true
  if (typename === 'Account') return sees(id)
  const owner = await read((tx) =>
    tx.subscription.findUnique({ where: { tenantId_id: { tenantId, id } }, select: { accountId: true } }),
  )
  return owner !== null && sees(owner.accountId)
}

builder.queryType({ description: 'Everything that can be read.', authScopes: { scope: 'read' } })
builder.mutationType({ description: 'Everything that can be changed.' })
