import { DriverAdapterError, isDriverAdapterError } from '@prisma/driver-adapter-utils'
import type { EmbeddedEngine } from './engine.ts'

/** One call of the engine, and its answer, between threads. */
export type Call = { id: number; method: keyof EmbeddedEngine; args: unknown[] }
export type Answer = { id: number } & ({ value: unknown } | { fault: Fault })

/** The answer to a call that nobody makes: whether the engine has opened. */
export const OPENED = 0

type Fault = { message: string; code?: string; cause?: DriverAdapterError['cause'] }

/** What of an error another thread can be told: Prisma reads the cause, people the message. */
export function faultOf(error: unknown): Fault {
  if (isDriverAdapterError(error)) return { message: error.message, cause: error.cause }
  const { message = String(error), code } = error as { message?: string; code?: unknown }
  return typeof code === 'string' ? { message, code } : { message }
}

export function errorOf({ message, code, cause }: Fault): Error {
  if (cause) return new DriverAdapterError(cause)
  return Object.assign(new Error(message), code ? { code } : {})
}
