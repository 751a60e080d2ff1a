import { listDocuments, removeDocument, type TrustedDocument as Shape } from '../../access/documents/registered.ts'
import { builder } from '../builder.ts'
import { changeBy } from '../change-by.ts'
import { registerDocuments } from '../register-documents.ts'

const TrustedDocument = builder.objectRef<Shape>('TrustedDocument').implement({
  description: "An operation of the tenant's own that its browser sessions may run.",
  fields: (t) => ({
    documentId: t.string({
      description: 'Sent instead of the text: sha256: and the SHA-256 of the text in hexadecimal digits.',
      resolve: ({ sha256 }) => `sha256:${sha256}`,
    }),
    name: t.exposeString('name', { description: 'Name of its operation.' }),
    text: t.exposeString('text', { description: 'The document, as it was registered.' }),
    registeredAt: t.expose('registeredAt', { type: 'DateTime', description: 'When it was registered first.' }),
  }),
})

builder.queryField('trustedDocuments', (t) =>
  t.field({
    type: [TrustedDocument],
    description: 'What sessions may run beside the documents of the SDK, by name. With an admin key.',
    authScopes: { scope: 'admin' },
    complexity: { field: 10, multiplier: 10 },
    resolve: (_root, _args, { db, principal }) => listDocuments(db, principal.tenantId),
  }),
)

builder.mutationFields((t) => ({
  registerDocuments: t.field({
    type: [TrustedDocument],
    description:
      'Lets sessions run these documents, exactly as they are written: all of them, or with the first unfit one none. With an admin key.',
    authScopes: { scope: 'admin' },
    args: {
      documents: t.arg.stringList({
        required: true,
        description: 'Texts with one named query or subscription each; at most 100.',
      }),
    },
    complexity: 10,
    resolve: (_root, { documents }, context, { schema }) =>
      registerDocuments(context.db, changeBy(context), documents, schema),
  }),
  removeDocument: t.field({
    type: 'String',
    description:
      'Takes the trust back, and answers with the id; sessions are refused it within 10 seconds. With an admin key.',
    authScopes: { scope: 'admin' },
    args: { documentId: t.arg.string({ required: true }) },
    complexity: 10,
    resolve: async (_root, { documentId }, context) => {
      await removeDocument(context.db, changeBy(context), documentId.replace(/^sha256:/, ''))
      return documentId
    },
  }),
}))
