import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { listDocuments, removeDocument, type TrustedDocument } from '../access/documents/registered.ts'
import { registerDocuments } from '../graphql/register-documents.ts'
import { schema } from '../graphql/schema.ts'
import { type House, tenantOf, withDatabase, wrongUsage } from './house.ts'
import { print, table } from './print.ts'

type Common = { tenant?: string; json?: boolean }

/** `nobishiro documents register|list|remove` */
export function documentsCommand(house: House): Command {
  const command = new Command('documents').description('GraphQL documents that browser sessions may run')

  command
    .command('register')
    .description('Let sessions run the documents of these files, one operation in each, exactly as they are written')
    .argument('<file...>', 'files such as growth.graphql')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async (files: string[], { tenant, json }: Common) => {
      const texts = await Promise.all(files.map(textOf))
      const found = await withDatabase(house, async (db) =>
        registerDocuments(db, { tenantId: await tenantOf(db, tenant), by: 'cli', now: house.clock() }, texts, schema),
      )
      print(house, { json, value: found.map(shown), text: listed(found) })
    })

  command
    .command('list')
    .description('List the documents')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, json }: Common) => {
      const found = await withDatabase(house, async (db) => listDocuments(db, await tenantOf(db, tenant)))
      print(house, { json, value: found.map(shown), text: listed(found) })
    })

  command
    .command('remove')
    .description('Take the trust back; sessions are refused the document within 10 seconds')
    .argument('<id>', 'id of the document, sha256:…')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async (id: string, { tenant, json }: Common) => {
      const sha256 = id.replace(/^sha256:/, '')
      await withDatabase(house, async (db) =>
        removeDocument(db, { tenantId: await tenantOf(db, tenant), by: 'cli', now: house.clock() }, sha256),
      )
      print(house, { json, value: { removed: id }, text: `Removed ${id}.` })
    })

  return command
}

const shown = ({ sha256, ...document }: TrustedDocument) => ({ documentId: `sha256:${sha256}`, ...document })

const listed = (documents: readonly TrustedDocument[]) =>
  table(
    ['name', 'documentId', 'registered'],
    documents.map(({ name, sha256, registeredAt }) => [name, `sha256:${sha256}`, registeredAt]),
  )

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw wrongUsage(`${file} cannot be read.`)
  }
}
