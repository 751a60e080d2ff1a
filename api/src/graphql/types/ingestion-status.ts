import { ingestionStatus, type IngestionStatus as Status } from '../../ingest/status.ts'
import { ExpectedError } from '../../shared/errors.ts'
import { builder } from '../builder.ts'
import { isOwnKey } from '../viewer.ts'

const IngestionStatus = builder.objectRef<Status>('IngestionStatus').implement({
  description: 'How a source of events fares.',
  fields: (t) => ({
    source: t.exposeString('source', { description: 'Its name.' }),
    kind: t.exposeString('kind', { description: 'What it is, e.g. STRIPE or CSV.' }),
    lastEventAt: t.expose('lastEventAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the latest event it told of happened; null before the first.',
    }),
    lastReceivedAt: t.expose('lastReceivedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it last delivered anything; null before the first delivery.',
    }),
    through: t.expose('through', {
      type: 'Date',
      nullable: true,
      description: 'Last day it said it is complete through; null when it says nothing of the kind.',
    }),
    lagSeconds: t.exposeInt('lagSeconds', {
      nullable: true,
      description: 'Seconds from the latest event to now; null before the first event.',
    }),
    posted: t.exposeInt('posted', { description: 'Deliveries that count.' }),
    ignored: t.exposeInt('ignored', { description: 'Deliveries that are kept and not used.' }),
    quarantined: t.exposeInt('quarantined', { description: 'Deliveries that a correction has replaced.' }),
    conflicts: t.exposeInt('conflicts', {
      description: 'Ids that arrived with another body, on which nobody has decided yet.',
    }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description: 'Why the last refused delivery was refused; null when none was.',
    }),
    lastErrorAt: t.expose('lastErrorAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When that was; null when none was refused.',
    }),
  }),
})

builder.queryField('ingestionStatus', (t) =>
  t.field({
    type: [IngestionStatus],
    description: 'Every source of the tenant and how it fares; with a key only.',
    complexity: { field: 50, multiplier: 1 },
    resolve: (_root, _args, { principal, read, now }) => {
      if (!isOwnKey(principal))
        throw new ExpectedError(
          'FORBIDDEN',
          'How sources fare is answered to a key of the vendor only, not to a session or a partner.',
        )
      return read((tx) => ingestionStatus(tx, principal.tenantId, now))
    },
  }),
)
