import { Worker } from 'node:worker_threads'
import type { EmbeddedEngine } from './engine.ts'
import { type Answer, type Call, errorOf, OPENED } from './messages.ts'

const THREAD = new URL('./engine-worker.ts', import.meta.url)

/** From sources, a thread must be taught TypeScript by itself: it does not inherit the process's loader. */
const FROM_SOURCE = `import('tsx/esm/api').then(({ register }) => { register(); return import('${THREAD.href}') })`

const startThread = (workerData: string): Worker =>
  THREAD.pathname.endsWith('.ts')
    ? new Worker(FROM_SOURCE, { workerData, eval: true, execArgv: [] })
    : new Worker(THREAD, { workerData })

/** Opens the embedded database of a folder that this process has taken, in a thread of its own. */
export async function openRemoteEngine(folder: string): Promise<EmbeddedEngine> {
  const worker = startThread(folder)
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let last = OPENED
  let ended: Error | undefined

  worker.on('message', (answer: Answer) => {
    const caller = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('fault' in answer) caller?.reject(errorOf(answer.fault))
    else caller?.resolve(answer.value)
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('The thread of the embedded database has ended')))

  function fail(error: Error): void {
    ended ??= error
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }

  function answered<T>(id: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (ended) reject(ended)
      else waiting.set(id, { resolve: resolve as (value: unknown) => void, reject }) // the other end answers with a T
    })
  }

  function call<T>(method: Call['method'], ...args: unknown[]): Promise<T> {
    last += 1
    const answer = answered<T>(last)
    worker.postMessage({ id: last, method, args } satisfies Call)
    return answer
  }

  await answered(OPENED).catch(async (error: unknown) => {
    await worker.terminate()
    throw error
  })
  return {
    begin: (isolation) => call('begin', isolation),
    queryRaw: (transaction, query) => call('queryRaw', transaction, query),
    executeRaw: (transaction, query) => call('executeRaw', transaction, query),
    commit: (transaction) => call('commit', transaction),
    rollback: (transaction) => call('rollback', transaction),
    close: async () => {
      await call('close')
      await worker.terminate()
    },
  }
}
