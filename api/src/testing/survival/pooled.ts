import pg from 'pg'

/** Settings of a transaction; on a connection that waits for the next they have their own value. */
const LEFT_OVER = `SELECT json_build_object(
  'role', current_setting('role'), 'tenant', current_setting('nobishiro.tenant', true),
  'viewer', current_setting('nobishiro.viewer', true), 'scope', current_setting('nobishiro.scope', true),
  'operator', current_setting('nobishiro.operator', true), 'timeout', current_setting('statement_timeout'))::text AS found`
const CLEAN = JSON.stringify({ role: 'none', tenant: '', viewer: '', scope: '', operator: '', timeout: '0' })

/**
 * Looks at the connections of every pool that was used since: the door shows none of them, so the library that makes them is asked.
 * `look` takes all that are free at once.
 */
export function watchPools() {
  const pools = new Set<pg.Pool>()
  const connect = pg.Pool.prototype.connect
  pg.Pool.prototype.connect = function (this: pg.Pool, ...args: unknown[]) {
    pools.add(this)
    return Reflect.apply(connect, this, args)
  } as typeof connect // both of its forms are handed on as they are
  return {
    async look(): Promise<{ connections: number; unclean: string[] }> {
      const found: string[] = []
      for (const pool of pools) {
        const clients = await Promise.all(Array.from({ length: pool.idleCount }, () => pool.connect()))
        for (const client of clients) {
          const { rows } = await client.query<{ found: string }>(LEFT_OVER)
          found.push(normal(rows[0]?.found ?? ''))
          client.release()
        }
      }
      return { connections: found.length, unclean: found.filter((one) => one !== CLEAN) }
    },
    stop: () => {
      pg.Pool.prototype.connect = connect
    },
  }
}

/** What was never set is null, what was set and taken back is empty. */
const normal = (found: string) =>
  JSON.stringify(JSON.parse(found), (_name, value: unknown) => (value === null ? '' : value))
