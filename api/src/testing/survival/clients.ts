import { type Delivery, delivery, type Kind } from './deliveries.ts'

/** Each client waits for its answer before it sends the next. */
const CLIENTS: readonly Kind[] = ['webhook', 'webhook', 'webhook', 'batch', 'batch', 'file']

export type Acknowledged = { delivery: Delivery; text: string }
export type Heard = { acknowledged: Acknowledged[]; unanswered: Delivery[]; refused: string[] }

/** Numbers that no delivery has had yet. */
export function createNumbers() {
  const last = { webhook: 0, batch: 0, file: 0 }
  return (kind: Kind) => {
    last[kind] += 1
    return last[kind]
  }
}

/** Clients that send without a pause until the server is gone, or until they are told that it goes. */
export async function sendUntilGone(
  url: string,
  key: string,
  next: (kind: Kind) => number,
  { goes, onAcknowledged }: { goes?: AbortSignal; onAcknowledged?: (kind: Kind) => void } = {},
): Promise<Heard> {
  const heard: Heard = { acknowledged: [], unanswered: [], refused: [] }
  const send = async (kind: Kind) => {
    while (!goes?.aborted) {
      const sent = delivery(kind, next(kind), key)
      const answer = await wholeAnswer(sent, url)
      if (!answer) return void heard.unanswered.push(sent)
      if (answer.status < 300) {
        heard.acknowledged.push({ delivery: sent, text: answer.text })
        onAcknowledged?.(kind)
      } else heard.refused.push(`${answer.status} ${answer.text}`)
    }
  }
  await Promise.all(CLIENTS.map(send))
  return heard
}

/** An answer that breaks off is none. */
async function wholeAnswer(delivery: Delivery, url: string): Promise<{ status: number; text: string } | undefined> {
  try {
    const response = await fetch(delivery.request(url))
    return { status: response.status, text: await response.text() }
  } catch {
    return undefined
  }
}
