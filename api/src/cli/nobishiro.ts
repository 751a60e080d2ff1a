import { Command, CommanderError } from 'commander'
import { InvalidEnvError, readEnv } from '../env.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { House } from './house.ts'

const DONE = 0
const PROBLEMS = 1
const WRONG_USAGE = 2

/** Errors that a person at a terminal can act on: their message is enough. */
const PLAIN_CODES = new Set(['DATA_DIR_LOCKED', 'PORT_IN_USE', 'ECONNREFUSED', 'ENOTFOUND'])

/** Each name with the module that has it: only the one that runs is loaded. */
const COMMANDS: Record<string, (house: House) => Promise<Command>> = {
  serve: async (house) => (await import('./serve.ts')).serveCommand(house),
  migrate: async (house) => (await import('./migrate.ts')).migrateCommand(house),
  tenant: async (house) => (await import('./tenant.ts')).tenantCommand(house),
  accounts: async (house) => (await import('./accounts.ts')).accountsCommand(house),
  partners: async (house) => (await import('./partners.ts')).partnersCommand(house),
  keys: async (house) => (await import('./keys.ts')).keysCommand(house),
  connect: async (house) => (await import('./connect.ts')).connectCommand(house),
  import: async (house) => (await import('./import.ts')).importCommand(house),
  close: async (house) => (await import('./close.ts')).closeCommand(house),
  policy: async (house) => (await import('./policy.ts')).policyCommand(house),
  costs: async (house) => (await import('./costs.ts')).costsCommand(house),
  verify: async (house) => (await import('./verify.ts')).verifyCommand(house),
  replay: async (house) => (await import('./replay.ts')).replayCommand(house),
  quarantine: async (house) => (await import('./quarantine.ts')).quarantineCommand(house),
  correct: async (house) => (await import('./correct.ts')).correctCommand(house),
  catalog: async (house) => (await import('./catalog.ts')).catalogCommand(house),
  archive: async (house) => (await import('./archive.ts')).archiveCommand(house),
  backup: async (house) => (await import('./backup.ts')).backupCommand(house),
  restore: async (house) => (await import('./backup.ts')).restoreCommand(house),
  rates: async (house) => (await import('./rates.ts')).ratesCommand(house),
  reconcile: async (house) => (await import('./reconcile.ts')).reconcileCommand(house),
  doctor: async (house) => (await import('./doctor.ts')).doctorCommand(house),
  demo: async (house) => (await import('./demo.ts')).demoCommand(house),
  audit: async (house) => (await import('./audit.ts')).auditCommand(house),
  documents: async (house) => (await import('./documents.ts')).documentsCommand(house),
  sessions: async (house) => (await import('./sessions.ts')).sessionsCommand(house),
  webhooks: async (house) => (await import('./webhooks.ts')).webhooksCommand(house),
}

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  try {
    const env = readEnv()
    const openDatabase = async () => (await import('../main.ts')).openDatabase(env)
    const house: House = { env, openDatabase, out: process.stdout, err: process.stderr, clock: () => new Date() }
    const program = new Command('nobishiro').description('Embedded analytics for expansion revenue.')
    const named = COMMANDS[args[0] ?? '']
    const commands = named ? [named] : Object.values(COMMANDS)
    for (const make of commands) program.addCommand(strict(await make(house)))
    await strict(program).parseAsync(args, { from: 'user' })
    return Number(process.exitCode ?? DONE)
  } catch (error) {
    return explain(error)
  }
}

/** Commander reports instead of leaving the process, at every level. */
function strict(command: Command): Command {
  for (const child of command.commands) strict(child)
  return command.exitOverride().showHelpAfterError('(add --help to see how it is used)')
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : WRONG_USAGE
  const { message, code } = error as { message: string; code?: string }
  if (error instanceof InvalidEnvError || error instanceof ExpectedError || PLAIN_CODES.has(code ?? '')) {
    process.stderr.write(`${message}\n`)
    return error instanceof InvalidEnvError || code === 'INVALID_INPUT' ? WRONG_USAGE : PROBLEMS
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  return PROBLEMS
}
