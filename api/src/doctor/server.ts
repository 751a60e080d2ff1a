import { type Answered, answerOf, jsonOf } from './ask.ts'
import { type Embed, type Finding, finder } from './finding.ts'

const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/
const find = finder('server')

/** Whether pages reach a server of ours at its address, and it is ready. The answer of a server that lives tells the time, too. */
export async function lookAtServer({ server, origin, ask }: Embed): Promise<{ findings: Finding[]; live?: Answered }> {
  const live = await answerOf(ask, new URL('/health/live', server))
  if ('failed' in live) {
    const remedy = 'Is it running, and is this the address that pages use? A proxy passes on every path.'
    return { findings: [find('FAULT', `${server.origin} does not answer: ${live.failed}.`, remedy)] }
  }
  if ((jsonOf(live) as { status?: unknown } | undefined)?.status !== 'live') {
    const says = `${server.origin}/health/live is answered ${live.status} by something else.`
    return { findings: [find('FAULT', says, 'Does the proxy pass this path on to Nobishiro?')] }
  }
  const ready = await answerOf(ask, new URL('/health/ready', server))
  return { findings: [howReady(server, ready), ...mixed(server, origin)], live }
}

function howReady(server: URL, ready: Answered | { failed: string }): Finding {
  if (!('failed' in ready) && ready.status === 200) return find('OK', `${server.origin} answers, and is ready.`)
  const reason = 'failed' in ready ? ready.failed : String((jsonOf(ready) as { status?: unknown } | undefined)?.status)
  return find(
    'FAULT',
    `${server.origin} is not ready: ${reason}.`,
    'It says so itself when it starts, stops, or has no database.',
  )
}

/** Browsers refuse requests of a page with https to a server without it, unless the server is on the same machine. */
function mixed(server: URL, origin: string): Finding[] {
  if (server.protocol === 'https:' || !origin.startsWith('https:') || LOCAL.test(server.hostname)) return []
  const says = `${origin} has https and ${server.origin} does not: browsers refuse that.`
  return [find('FAULT', says, 'Put TLS in front of the server, and give the provider its https address.')]
}
