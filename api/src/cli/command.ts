import type { Database } from '@nobishiro/prisma'

type Output = { write(text: string): unknown; isTTY?: boolean | undefined }

/** What a command needs of the world. */
export type CommandDependencies = {
  /** Opens and migrates the database that the environment names. The command closes it. */
  openDatabase(): Promise<Database>
  out: Output
  err: Output
  clock: () => Date
}
