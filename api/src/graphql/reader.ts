import type { Database, TenantContext, Tx } from '@nobishiro/prisma'

/** Reads as the viewer. What is asked for in the same turn shares one short transaction. */
export type Reader = <T>(query: (tx: Tx) => Promise<T>) => Promise<T>

type Waiting = { run: (tx: Tx) => Promise<void>; fail: (error: unknown) => void }

/** The only way from a resolver to the database: nothing stays open when a resolver fails. */
export function createReader(db: Database, context: () => Promise<TenantContext>, timeoutMs: number): Reader {
  let waiting: Waiting[] = []

  function flush() {
    const batch = waiting
    waiting = []
    const everything = (tx: Tx) => Promise.all(batch.map(({ run }) => run(tx)))
    context()
      .then((viewer) => db.withTenant(viewer, everything, { timeoutMs }))
      .catch((error: unknown) => {
        for (const { fail } of batch) fail(error)
      })
  }

  return (query) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ run: (tx) => query(tx).then(resolve, reject), fail: reject })
    })
}

/** A client of which each call goes through the reader: what plugin-prisma takes for Prisma. */
export type ReadClient = Tx & { $connect: () => Promise<void> }

export function asPrismaClient(read: Reader): ReadClient {
  const delegate = (model: string) =>
    new Proxy({}, { get: (_, method: string) => (args: unknown) => read((tx) => call(tx, model, method, args)) })
  return new Proxy({}, { get: (_, model: string) => delegate(model), has: () => true }) as ReadClient // a client by its methods
}

function call(tx: Tx, model: string, method: string, args: unknown): Promise<unknown> {
  const delegates = tx as unknown as Record<string, Record<string, (args: unknown) => Promise<unknown>>> // by name
  return delegates[model]![method]!(args)
}
