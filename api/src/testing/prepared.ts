import { openAsBlob } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect, memoryImage } from '@nobishiro/prisma'
import pg from 'pg'

/** What a run migrates once instead of once for every test: an image of the embedded engine, and a database to copy. */
export type Prepared = { NOBISHIRO_TEST_IMAGE: string; NOBISHIRO_TEST_TEMPLATE?: string }

export async function prepare(folder: string, server: string | undefined): Promise<Prepared> {
  const image = join(folder, 'image.tar')
  await writeFile(image, new Uint8Array(await (await memoryImage()).arrayBuffer()))
  if (server === undefined) return { NOBISHIRO_TEST_IMAGE: image }
  const template = `nobishiro_test_${process.pid}_0`
  await onServerAt(server, (client) => client.query(`CREATE DATABASE ${template}`))
  const url = new URL(server)
  url.pathname = `/${template}`
  await (await connect({ url: url.href, poolSize: 1 })).close()
  return { NOBISHIRO_TEST_IMAGE: image, NOBISHIRO_TEST_TEMPLATE: template }
}

export async function tidyUp({ NOBISHIRO_TEST_TEMPLATE: template }: Prepared, server: string): Promise<void> {
  if (template) await onServerAt(server, (client) => client.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`))
}

/** The run's image; without a run, one of this process. */
export async function migratedImage(): Promise<Blob> {
  const prepared = process.env['NOBISHIRO_TEST_IMAGE']
  return prepared ? openAsBlob(prepared) : memoryImage()
}

/** What a new database is made of: the run's migrated one, or nothing. */
export const templateClause = (): string => {
  const template = process.env['NOBISHIRO_TEST_TEMPLATE']
  return template ? ` TEMPLATE ${template}` : ''
}

/** Work on a server itself, by a connection of its own. */
export async function onServerAt<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
