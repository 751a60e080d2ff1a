import { type Corrected, correct } from '../../corrections/correct.ts'
import type { Asked } from '../../corrections/request.ts'
import { ExpectedError } from '../../shared/errors.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { firstOfMonth } from '../fact-args.ts'
import { localId } from '../ids.ts'
import { Correction } from './correction.ts'
import { ExpansionStrategy, ItemKind } from './vocabulary.ts'

const CorrectionPayload = builder.objectRef<Corrected>('CorrectionPayload').implement({
  description: 'A correction that was taken, and what it moved.',
  fields: (t) => ({
    correction: t.field({
      type: Correction,
      description: 'The correction; of an undo, the one that was taken back.',
      complexity: 1,
      resolve: async ({ correction }, _args, { loaders, principal }) => {
        const found = (await loaders.corrections.load(principal.tenantId)).find(
          ({ id, undone }) => id === correction || undone?.id === correction,
        )
        if (found) return found
        throw new ExpectedError('NOT_FOUND', `The correction ${correction} is not there.`)
      },
    }),
    linesAppended: t.exposeInt('appended', { description: 'Reversals and new lines that it posted.' }),
    version: t.expose('version', { type: 'BigInt', description: 'Ledger version that it made.' }),
  }),
})

const REASON = { required: true, description: 'Why, for whoever asks later.' } as const
const KEY = { description: 'The same key again gives the same answer and does nothing.' } as const

const ExcludeAccountInput = builder.inputType('ExcludeAccountInput', {
  description: 'An account that should not count: tests, internal use.',
  fields: (t) => ({
    account: t.id({ required: true, description: 'Global id of the account.' }),
    reason: t.string(REASON),
    idempotencyKey: t.string(KEY),
  }),
})

const ConnectSubscriptionsInput = builder.inputType('ConnectSubscriptionsInput', {
  description: 'Two subscriptions of one account, of which one replaced the other.',
  fields: (t) => ({
    old: t.id({ required: true, description: 'Global id of the one that ended.' }),
    new: t.id({ required: true, description: 'Global id of the one that replaced it.' }),
    gapDays: t.int({ description: 'Days that may lie between the end and the start; 31 when missing, at most 366.' }),
    reason: t.string(REASON),
    idempotencyKey: t.string(KEY),
  }),
})

const MergeAccountsInput = builder.inputType('MergeAccountsInput', {
  description: 'Two accounts that are one customer.',
  fields: (t) => ({
    from: t.id({ required: true, description: 'Global id of the account whose holdings move.' }),
    into: t.id({ required: true, description: 'Global id of the account that holds them from the beginning.' }),
    reason: t.string(REASON),
    idempotencyKey: t.string(KEY),
  }),
})

const ReclassifyMovementInput = builder.inputType('ReclassifyMovementInput', {
  description: 'Parts of a movement that are of another strategy; amounts stay.',
  fields: (t) => ({
    account: t.id({ required: true, description: 'Global id of the account.' }),
    month: t.field({ type: 'Date', required: true, description: 'First day of the month of the movement.' }),
    from: t.field({ type: [ExpansionStrategy], description: 'Only parts of these strategies; all when missing.' }),
    to: t.field({ type: ExpansionStrategy, required: true, description: 'The strategy they are of.' }),
    reason: t.string(REASON),
    idempotencyKey: t.string(KEY),
  }),
})

const MapPriceInput = builder.inputType('MapPriceInput', {
  description:
    'Where a price stands. What is missing stays as it is proposed, so that naming a price alone confirms it.',
  fields: (t) => ({
    source: t.string({ required: true, description: 'Its source.' }),
    price: t.string({ required: true, description: 'Its id, as the source knows it.' }),
    product: t.string({ description: 'Name or id (not global) of the product; a new name makes one.' }),
    plan: t.string({ description: 'Name or id (not global) of the plan of that product; a new name makes one.' }),
    rank: t.int({ description: 'Rank of the plan, 1 to 1000; needed for a new plan.' }),
    kind: t.field({ type: ItemKind, description: 'What sort of thing it sells.' }),
  }),
})

const MapCatalogInput = builder.inputType('MapCatalogInput', {
  description: 'Prices, and where they stand in the catalogue.',
  fields: (t) => ({
    prices: t.field({ type: [MapPriceInput], required: true, description: 'The prices.' }),
    reason: t.string(REASON),
    idempotencyKey: t.string(KEY),
  }),
})

const UndoCorrectionInput = builder.inputType('UndoCorrectionInput', {
  description: 'A correction that should no longer hold.',
  fields: (t) => ({
    correction: t.id({ required: true, description: 'Its id.' }),
    reason: t.string(REASON),
    idempotencyKey: t.string(KEY),
  }),
})

type Said = { reason: string; idempotencyKey?: string | null | undefined }

async function take(
  { reason, idempotencyKey }: Said,
  asked: Asked,
  { db, principal, now, loaders }: Context,
): Promise<Corrected> {
  const context = { tenantId: principal.tenantId, by: `key:${principal.id}`, clock: () => now }
  const done = await correct(db, context, { asked, reason, idempotencyKey: idempotencyKey ?? undefined })
  loaders.corrections.clearAll()
  return done
}

const common = { type: CorrectionPayload, authScopes: { scope: 'admin' }, complexity: 50 } as const

builder.mutationFields((t) => ({
  excludeAccount: t.field({
    ...common,
    description: 'Takes the lines of an account out of the ledger until it is undone.',
    args: { input: t.arg({ type: ExcludeAccountInput, required: true }) },
    resolve: (_root, { input }, context) =>
      take(input, { kind: 'EXCLUDE_ACCOUNT', account: localId('Account', input.account, 'input.account') }, context),
  }),
  connectSubscriptions: t.field({
    ...common,
    description: 'Makes the end of one subscription and the start of another one change, not churn and a return.',
    args: { input: t.arg({ type: ConnectSubscriptionsInput, required: true }) },
    resolve: (_root, { input }, context) => {
      const old = localId('Subscription', input.old, 'input.old')
      const next = localId('Subscription', input.new, 'input.new')
      return take(
        input,
        { kind: 'CONNECT_SUBSCRIPTIONS', old, new: next, gapDays: input.gapDays ?? undefined },
        context,
      )
    },
  }),
  mergeAccounts: t.field({
    ...common,
    description: 'Makes all that one account ever held part of another; the first stays visible.',
    args: { input: t.arg({ type: MergeAccountsInput, required: true }) },
    resolve: (_root, { input }, context) => {
      const from = localId('Account', input.from, 'input.from')
      return take(input, { kind: 'MERGE_ACCOUNTS', from, into: localId('Account', input.into, 'input.into') }, context)
    },
  }),
  reclassifyMovement: t.field({
    ...common,
    description: "Puts parts of an account's month under another strategy.",
    args: { input: t.arg({ type: ReclassifyMovementInput, required: true }) },
    resolve: (_root, { input }, context) => {
      firstOfMonth(input.month, 'input.month')
      const account = localId('Account', input.account, 'input.account')
      const asked = { account, month: input.month.slice(0, 7), from: input.from ?? undefined, to: input.to }
      return take(input, { kind: 'RECLASSIFY_MOVEMENT', ...asked }, context)
    },
  }),
  mapCatalog: t.field({
    ...common,
    description: 'Confirms or changes where prices stand; lines that this changes are taken back and posted anew.',
    args: { input: t.arg({ type: MapCatalogInput, required: true }) },
    resolve: (_root, { input }, context) => {
      const prices = input.prices.map(({ source, price, product, plan, rank, kind }) => ({
        source,
        price,
        product: product ?? undefined,
        plan: plan ?? undefined,
        rank: rank ?? undefined,
        itemKind: kind ?? undefined,
      }))
      return take(input, { kind: 'MAP_CATALOG', prices }, context)
    },
  }),
  undoCorrection: t.field({
    ...common,
    description: 'Takes a correction back: the ledger is as if it had never been made.',
    args: { input: t.arg({ type: UndoCorrectionInput, required: true }) },
    resolve: (_root, { input }, context) => take(input, { kind: 'UNDO', correction: input.correction }, context),
  }),
}))
