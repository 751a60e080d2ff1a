import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { diagnose } from '../doctor/diagnose.ts'
import type { Embed, Finding } from '../doctor/finding.ts'
import { type House, wrongUsage } from './house.ts'
import { print, table } from './print.ts'

type Options = { origin?: string; page?: string; account?: string; theme?: string; json?: boolean }

/** `nobishiro doctor`: exit code 1 where something keeps an embed from working. */
export function doctorCommand(house: House): Command {
  return new Command('doctor')
    .description(
      "Look at an embed from outside: server, clock, session, origins, the page's policy, the theme's contrast.\nNOBISHIRO_KEY is the API key that mints its sessions.",
    )
    .argument('<server>', 'address of the server that pages ask, e.g. https://analytics.example.com')
    .option('--origin <origin>', 'origin of the page, e.g. https://app.example.com (default: that of --page)')
    .option('--page <address>', 'the page itself: its content security policy is read')
    .option('--account <id>', 'mint the session for this account (default: the whole tenant)')
    .option('--theme <file>', 'JSON of what the provider gets as its theme')
    .option('--json', 'print the result as JSON')
    .action(async (server: string, options: Options) => {
      const findings = await diagnose(await embedOf(server, options, house))
      print(house, { json: options.json, value: findings, text: describe(findings) })
      if (findings.some(({ verdict }) => verdict === 'FAULT')) process.exitCode = 1
    })
}

async function embedOf(
  server: string,
  { origin, page, account, theme }: Options,
  { clock, env }: House,
): Promise<Embed> {
  const pageUrl = page === undefined ? undefined : address(page, '--page')
  if (origin === undefined && pageUrl === undefined) throw wrongUsage('Say where the page is: --origin or --page.')
  return {
    server: address(server, 'the server'),
    origin: origin === undefined ? (pageUrl as URL).origin : address(origin, '--origin').origin, // one of them is there
    page: pageUrl,
    key: env.key,
    account,
    theme: theme === undefined ? undefined : await themeIn(theme),
    ask: fetch,
    now: clock,
  }
}

function address(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol)) return url
  throw wrongUsage(`${what}: "${text}" is no address such as https://app.example.com.`)
}

async function themeIn(file: string): Promise<Record<string, string>> {
  const text = await readFile(file, 'utf8')
  const wrong = () => wrongUsage(`${file} is no theme such as { "--nobishiro-accent": "rebeccapurple" }.`)
  let theme: unknown
  try {
    theme = JSON.parse(text)
  } catch {
    throw wrong()
  }
  if (typeof theme !== 'object' || theme === null || Array.isArray(theme)) throw wrong()
  const values = Object.entries(theme)
  if (values.every((entry): entry is [string, string] => typeof entry[1] === 'string'))
    return Object.fromEntries(values)
  throw wrong()
}

const WORDS = { OK: 'fine', WARNING: 'warning', FAULT: 'FAULT', SKIPPED: 'not seen' } as const

function describe(findings: readonly Finding[]): string {
  const rows = findings.flatMap(({ verdict, check, says, remedy }) => [
    [WORDS[verdict], check, says],
    ...(remedy === undefined ? [] : [['', '', `→ ${remedy}`]]),
  ])
  const faults = findings.filter(({ verdict }) => verdict === 'FAULT').length
  const end = faults === 0 ? 'Nothing keeps the embed from working, as far as it was seen.' : `${faults} to repair.`
  return `${table(['', '', ''], rows).trimStart()}\n\n${end}`
}
