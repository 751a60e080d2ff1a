import { Writable } from 'node:stream'
import { type Logger, pino } from 'pino'
import type { Trace } from '../shared/trace.ts'

/** What the servers of this test file wrote, in logs and in traces. */
let said: string[] = []

const stream = new Writable({
  write(chunk, _encoding, done) {
    said.push(String(chunk))
    done()
  },
})

/** Writes everything that there is to write. */
export const listeningLogger: Logger = pino({ level: 'trace' }, stream)

/** Writes what would be told to who collects traces. */
export const listeningTrace: Trace = ({ name, attributes }, run) => {
  const write = (found: object) => said.push(`${JSON.stringify({ name, ...found })}\n`)
  write(attributes?.() ?? {})
  return run(write)
}

/** What was written since this was asked last. */
export function whatWasSaid(): string {
  const text = said.join('')
  said = []
  return text
}

/** Keys, tokens, secrets of sources and endpoints, the header that carries them, and the word that tests put into what nobody may see. */
const UNSPEAKABLE = /\bnb[ks]_[\w.-]+_[0-9A-Za-z]{20,}|whsec_\w+|\bBearer\b|sentinel[\w-]*/gi

/** What must not stand in a log or a trace, and does; each with the line that it stands in. */
export const unspeakable = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((line) => (line.match(UNSPEAKABLE) ?? []).map((found) => `${found} in ${line.slice(0, 400)}`))
