import { AUDIT_ACTIONS, readAudit, type AuditEntry as Shape } from '../../access/audit.ts'
import { builder } from '../builder.ts'
import { edgesOf, forwardPage, pageCost, totalCountOf } from '../page.ts'

const AuditAction = builder.enumType('AuditAction', {
  description: 'What was changed about access.',
  values: AUDIT_ACTIONS,
})

const AuditEntry = builder.objectRef<Shape>('AuditEntry').implement({
  description: 'Who changed something about access, and when. Nobody can change or remove one.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    by: t.exposeString('by', { description: 'Who: key: and the id of a key, cli, or server.' }),
    action: t.expose('action', { type: AuditAction, description: 'What was done.' }),
    subject: t.exposeString('subject', { description: 'Id of what it was done to.' }),
    detail: t.field({
      type: 'JSONObject',
      description: 'More about it, e.g. the scopes of a key; never a secret.',
      resolve: ({ detail }) => detail,
    }),
  }),
})

const AuditEntryConnection = builder.connectionObject(
  {
    type: AuditEntry,
    name: 'AuditEntryConnection',
    description: 'A page of the audit log.',
    fields: (t) => ({ totalCount: t.int({ description: 'Entries in the whole log.', resolve: totalCountOf }) }),
  },
  { name: 'AuditEntryEdge', description: 'An entry of the audit log in a list.' },
)

builder.queryField('auditLog', (t) =>
  t.field({
    type: AuditEntryConnection,
    description:
      'Changes of keys, sessions, documents and webhooks, the newest first. What changes numbers is told by corrections and revisions. With an admin key.',
    authScopes: { scope: 'admin' },
    args: {
      first: t.arg.int({ description: 'Entries: up to 500; 50 when missing.' }),
      after: t.arg.string({ description: 'Cursor after which the page starts.' }),
    },
    complexity: (args) => ({ field: 1, multiplier: pageCost(args).multiplier }),
    resolve: async (_root, args, { db, principal }) => {
      const page = forwardPage(args, principal)
      return edgesOf(await readAudit(db, principal.tenantId, page), page.offset)
    },
  }),
)
