import { MessageChannel } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { createTurns } from './turns.ts'

/** Notes who ran, each in a turn of its own. */
async function ranOf(tenants: readonly string[]): Promise<string[]> {
  const turns = createTurns()
  const ran: string[] = []
  await Promise.all(tenants.map((tenant) => turns.take(tenant).then(() => ran.push(tenant))))
  return ran
}

describe('turns', () => {
  it('come to the tenants in rotation, and in order to each of them', async () => {
    expect(await ranOf(['a', 'a', 'a', 'b', 'c', 'b'])).toEqual(['a', 'b', 'c', 'a', 'b', 'a'])
  })

  it('leave room for everything else between two of them', async () => {
    const turns = createTurns()
    const seen: string[] = []
    const others = new MessageChannel()
    others.port1.on('message', () => seen.push('another'))
    const questions = [1, 2, 3].map(() =>
      turns.take('a').then(() => {
        seen.push('question')
        others.port2.postMessage(null)
      }),
    )
    await Promise.all(questions)
    others.port1.close()
    expect(seen.slice(0, 4)).toEqual(['question', 'another', 'question', 'another'])
  })

  it('go on after a pause in which nobody asked', async () => {
    const turns = createTurns()
    await turns.take('a')
    await new Promise((done) => setTimeout(done, 5))
    await turns.take('a')
    await Promise.all([turns.take('a'), turns.take('b')])
  })
})
