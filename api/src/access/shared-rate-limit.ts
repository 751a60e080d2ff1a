import { createHash } from 'node:crypto'
import { createClient } from '@redis/client'
import type { Bucket, RateLimit, Spent } from './rate-limit.ts'

/** The same as `take` of rate-limit.ts, in one step for all processes, by the clock of Redis. A bucket that is full again is forgotten. */
const SCRIPT = `
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local points = tonumber(ARGV[1])
local available = math.huge
for i, key in ipairs(KEYS) do
  local burst, rate = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local last = redis.call('HMGET', key, 'points', 'at')
  local has = burst
  if last[1] then has = math.min(burst, last[1] + math.max(0, now - last[2]) * rate) end
  local ok = points <= has
  if ok then has = has - points end
  redis.call('HSET', key, 'points', string.format('%.6f', has), 'at', string.format('%.6f', now))
  redis.call('PEXPIRE', key, math.ceil((burst - has) / rate * 1000) + 1000)
  available = math.min(available, math.floor(has))
  if not ok then return {0, available} end
end
return {1, available}`
const SHA1 = createHash('sha1').update(SCRIPT).digest('hex')

/** An answer that takes longer is not waited for: a question of ours would be late because of its count. */
const PATIENCE_MS = 250
const CONNECT_MS = 2_000
/** How long Redis is left alone after it did not answer. */
const REST_MS = 1_000

export type SharedRateLimit = RateLimit & { close(): Promise<void> }

/**
 * Buckets that every process with the same Redis shares. While it does not answer, those of this process count, so that no limit is
 * ever off; `log` hears of it once, and once when it is back.
 */
export async function createSharedRateLimit(
  url: string,
  own: RateLimit,
  log: (isAway: boolean, cause?: unknown) => void,
): Promise<SharedRateLimit> {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: CONNECT_MS, reconnectStrategy: REST_MS },
  })
  let isAway = false
  let restsUntil = 0
  const turn = (away: boolean, cause?: unknown) => {
    if (isAway !== away) log(away, cause)
    isAway = away
  }
  client.on('error', (error: unknown) => turn(true, error))
  // It goes on trying; the server starts without it.
  await Promise.race([client.connect().catch((error: unknown) => turn(true, error)), after(CONNECT_MS)])
  if (!client.isReady) turn(true, new Error(`Redis did not answer within ${CONNECT_MS} ms`))

  async function take(points: number, buckets: readonly Bucket[]): Promise<Spent> {
    const keys = buckets.map(({ tenantId, caller }) => `nobishiro:allowance:{${tenantId}}:${caller}`)
    const sizes = buckets.flatMap(({ allowance: { burst, restoreRate } }) => [String(burst), String(restoreRate)])
    const asked = { keys, arguments: [String(points), ...sizes] }
    const reply = await client.evalSha(SHA1, asked).catch((error: Error) => {
      if (!error.message.startsWith('NOSCRIPT')) throw error
      return client.eval(SCRIPT, asked)
    })
    const [ok, available] = reply as [number, number] // as the script returns them
    return { ok: ok === 1, available }
  }

  return {
    async spend(points, ...buckets) {
      if (!client.isReady || performance.now() < restsUntil) return own.spend(points, ...buckets)
      try {
        const spent = await inTime(take(points, buckets))
        turn(false)
        return spent
      } catch (error) {
        restsUntil = performance.now() + REST_MS
        turn(true, error)
        return own.spend(points, ...buckets)
      }
    },
    close: async () => client.destroy(),
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const late = new AbortController()
  work.catch(() => {}) // when it is late nobody listens
  try {
    return await Promise.race([
      work,
      after(PATIENCE_MS, late.signal).then(() => {
        throw new Error(`Redis did not answer within ${PATIENCE_MS} ms`)
      }),
    ])
  } finally {
    late.abort()
  }
}

/** A timer that keeps no process alive, and ends with its signal. */
const after = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, ms).unref()
    signal?.addEventListener('abort', () => clearTimeout(timer), { once: true })
  })
