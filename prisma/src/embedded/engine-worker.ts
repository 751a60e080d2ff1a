import { parentPort, workerData } from 'node:worker_threads'
import { openLocalEngine } from './local-engine.ts'
import { type Answer, type Call, faultOf, OPENED } from './messages.ts'

// A thread that is the embedded database: a slow query keeps nobody else from running. See remote-engine.ts.
const port = parentPort
if (!port) throw new Error('This is the thread of the embedded database; it is not run by itself')

const answer = (answered: Answer) => port.postMessage(answered)
const opening = openLocalEngine({ folder: workerData as string })
opening.then(
  () => answer({ id: OPENED, value: null }),
  (error: unknown) => answer({ id: OPENED, fault: faultOf(error) }),
)

port.on('message', async ({ id, method, args }: Call) => {
  try {
    const engine = await opening
    const call = engine[method] as (...args: unknown[]) => Promise<unknown> // both ends have the same type
    answer({ id, value: await call(...args) })
  } catch (error) {
    answer({ id, fault: faultOf(error) })
  }
})
