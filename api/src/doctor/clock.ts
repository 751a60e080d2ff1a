import type { Answered } from './ask.ts'
import { type Finding, finder } from './finding.ts'

/** Signatures of webhooks are taken within five minutes. */
const LIMIT_S = 300
const NOTICEABLE_S = 30
const find = finder('clock')

/** How far apart the clocks of the server and of this machine are, by an answer that came just now. */
export function lookAtClock({ headers }: Answered, now: Date): Finding {
  const theirs = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(theirs)) return find('SKIPPED', 'The answer has no date: a proxy may take it away.')
  const apart = Math.round(Math.abs(theirs - now.getTime()) / 1_000)
  if (apart <= NOTICEABLE_S) return find('OK', 'The clocks agree.')
  const which = theirs > now.getTime() ? 'ahead of' : 'behind'
  const says = `The clock of the server is ${apart} s ${which} the one here.`
  const remedy =
    'Have both kept by NTP. Sessions end by the clock of the server; webhooks that are signed more than five minutes off are refused.'
  return find(apart > LIMIT_S ? 'FAULT' : 'WARNING', says, remedy)
}
