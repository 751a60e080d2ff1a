import { policyName, type Recognition } from '../../ledger/recognition.ts'
import { type PolicyRevision, revisionsOf } from '../../ledger/rules-store.ts'
import { setPolicy } from '../../ledger/set-policy.ts'
import { ExpectedError } from '../../shared/errors.ts'
import { builder } from '../builder.ts'
import { isOwnKey } from '../viewer.ts'

const RecognitionPreset = builder.enumType('RecognitionPreset', {
  description: 'A policy as a whole; options may override it.',
  values: {
    NOBISHIRO: { description: 'Our definitions.' },
    STRIPE_LIKE: { description: 'What Stripe Billing publishes: as ours, without usage.' },
    CHARTMOGUL_LIKE: { description: 'What ChartMogul publishes: paused subscriptions count, free logos are kept.' },
  } as const,
})

const RecognitionBasis = builder.enumType('RecognitionBasis', {
  description: 'What MRR is read from.',
  values: {
    CONTRACT: { description: 'The items of subscriptions.' },
    INVOICE: {
      description:
        'The service periods of invoice lines. Refused while sources have none: the message names their subscriptions.',
    },
  } as const,
})

const DiscountRecognition = builder.enumType('DiscountRecognition', {
  description: 'Which discounts lower MRR.',
  values: {
    RECURRING: { description: 'Those that last or repeat.' },
    ALL: { description: 'Those that apply once as well, in their billing period.' },
    NONE: { description: 'None: list prices count.' },
  } as const,
})
const PausedRecognition = builder.enumType('PausedRecognition', {
  description: 'What a paused subscription counts.',
  values: { ZERO: { description: 'Nothing.' }, KEEP: { description: 'What it would pay.' } } as const,
})
const MeteredRecognition = builder.enumType('MeteredRecognition', {
  description: 'What usage beyond a commitment counts.',
  values: {
    MEAN_OF_THREE: { description: 'The mean of the last three closed months.' },
    LAST_MONTH: { description: 'The last closed month.' },
    EXCLUDE: { description: 'Nothing.' },
  } as const,
})

const ChurnRecognition = builder.enumType('ChurnRecognition', {
  description: 'When a subscription that will end is lost.',
  values: {
    AT_END: { description: 'When service ends; until then it shows in committed MRR.' },
    AT_REQUEST: { description: 'As soon as its end is asked for; it is back when that is withdrawn.' },
  } as const,
})

const FreeLogoRecognition = builder.enumType('FreeLogoRecognition', {
  description:
    'What an account is that pays nothing any more while a subscription of it runs: on a free plan, or fully discounted.',
  values: {
    LOST: { description: 'Lost, as its revenue is.' },
    KEPT: { description: 'Open still: its revenue is churned, its logo is not.' },
  } as const,
})

const RecognitionPolicy = builder.objectRef<PolicyRevision>('RecognitionPolicy').implement({
  description: 'What counts as MRR, from a revision of the ledger on.',
  fields: (t) => {
    const said = <Key extends keyof Recognition>(key: Key) => ({
      resolve: ({ recognition }: PolicyRevision) => recognition[key],
    })
    return {
      revision: t.exposeInt('revision', { description: 'Revision of the ledger; values name it in definition.' }),
      preset: t.field({
        type: RecognitionPreset,
        description: 'Where options came from that were not given.',
        ...said('preset'),
      }),
      name: t.string({
        description: 'The preset and what differs from it; values name it in definition.',
        resolve: ({ recognition }) => policyName(recognition),
      }),
      basis: t.field({ type: RecognitionBasis, description: 'What MRR is read from.', ...said('basis') }),
      discounts: t.field({
        type: DiscountRecognition,
        description: 'Which discounts lower MRR.',
        ...said('discounts'),
      }),
      paused: t.field({
        type: PausedRecognition,
        description: 'What a paused subscription counts.',
        ...said('paused'),
      }),
      pastDueDays: t.int({
        nullable: true,
        description: 'Days after which a subscription that stays past due counts nothing; null: it is kept.',
        ...said('pastDueDays'),
      }),
      metered: t.field({
        type: MeteredRecognition,
        description: 'What usage beyond a commitment counts.',
        ...said('metered'),
      }),
      churn: t.field({
        type: ChurnRecognition,
        description: 'When a subscription that will end is lost.',
        ...said('churn'),
      }),
      freeLogos: t.field({
        type: FreeLogoRecognition,
        description: 'What an account is that pays nothing any more while a subscription of it runs.',
        ...said('freeLogos'),
      }),
      reason: t.exposeString('reason', { nullable: true, description: 'Why it was set; null for the default.' }),
      since: t.field({
        type: 'DateTime',
        nullable: true,
        description:
          'When it was put into force: asOf an instant before reads the revision before. Null for the default.',
        resolve: ({ recordedAt }) => recordedAt,
      }),
    }
  },
})

const RecognitionPolicyInput = builder.inputType('RecognitionPolicyInput', {
  description: 'A preset, and options that override it: what is missing is as in the preset.',
  fields: (t) => ({
    preset: t.field({ type: RecognitionPreset, description: 'NOBISHIRO when missing.' }),
    basis: t.field({ type: RecognitionBasis, description: 'CONTRACT in NOBISHIRO.' }),
    discounts: t.field({ type: DiscountRecognition, description: 'RECURRING in NOBISHIRO.' }),
    paused: t.field({ type: PausedRecognition, description: 'ZERO in NOBISHIRO.' }),
    pastDueDays: t.int({ description: '1 to 365; null keeps it, as NOBISHIRO does.' }),
    metered: t.field({ type: MeteredRecognition, description: 'MEAN_OF_THREE in NOBISHIRO.' }),
    churn: t.field({ type: ChurnRecognition, description: 'AT_END in NOBISHIRO.' }),
    freeLogos: t.field({ type: FreeLogoRecognition, description: 'LOST in NOBISHIRO.' }),
  }),
})

builder.queryField('recognitionPolicies', (t) =>
  t.field({
    type: [RecognitionPolicy],
    description: 'Every revision of the policy, the newest first: it is in force. With a key only.',
    complexity: 10,
    resolve: (_root, _args, { principal, read }) => {
      if (!isOwnKey(principal))
        throw new ExpectedError(
          'FORBIDDEN',
          'The recognition policy is answered to a key of the vendor only, not to a session or a partner.',
        )
      return read((tx) => revisionsOf(tx, principal.tenantId))
    },
  }),
)

builder.mutationField('setRecognitionPolicy', (t) =>
  t.field({
    type: RecognitionPolicy,
    description:
      'Puts a policy into force: the whole ledger is posted again as a new revision, and the one before stays readable with asOf. With an admin key.',
    authScopes: { scope: 'admin' },
    args: {
      policy: t.arg({ type: RecognitionPolicyInput, required: true, description: 'What counts.' }),
      reason: t.arg.string({ required: true, description: 'Why, for whoever asks later.' }),
    },
    complexity: 10,
    resolve: (_root, { policy, reason }, { db, principal: { tenantId }, now }) => {
      const { pastDueDays, ...others } = policy
      const said = Object.entries(others).filter(([, value]) => value !== null)
      // Of days, null says something: it is kept.
      return setPolicy(db, { tenantId, now }, { policy: { ...Object.fromEntries(said), pastDueDays }, reason })
    },
  }),
)
