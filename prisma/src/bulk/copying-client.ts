import pg from 'pg'
import type { Tx } from '../database.ts'
import { copyIn } from './copy-in.ts'

/**
 * Prisma has no COPY. What is to be copied waits here, and a statement that carries its number travels through Prisma like any other:
 * when it reaches the connection of its transaction, the connection copies instead. Same transaction, same role, same order.
 */
const waiting = new Map<string, { statement: string; bytes: Buffer }>()
const MARK = 'COPY what waits under'
let last = 0

/** Runs a statement that ends in `COPY … FROM STDIN`, inside of this transaction. */
export async function copyInside(tx: Tx, statement: string, bytes: Buffer): Promise<void> {
  last += 1
  const number = String(last)
  waiting.set(number, { statement, bytes })
  try {
    await tx.$executeRawUnsafe(MARK, number)
  } finally {
    waiting.delete(number)
  }
}

/** A connection that knows what waits. */
export class CopyingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg's query has a dozen overloads; all but one kind of call are handed on as they are
  override query(...args: any[]): any {
    const [config] = args
    const copy = config?.text === MARK ? waiting.get(config.values[0]) : undefined
    if (!copy) return Reflect.apply(super.query, this, args)
    const plain = { query: (submittable: pg.Submittable) => super.query(submittable) } as pg.ClientBase // all that copyIn asks of it
    return copyIn(plain, copy.statement, [copy.bytes]).then(() => ({ rows: [], fields: [], rowCount: 0 }))
  }
}
