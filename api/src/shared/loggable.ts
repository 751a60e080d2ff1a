import { isUnavailable } from './unavailable.ts'

/**
 * An error as it may be logged. The database's own words quote values, and its client's whole statements, so that of what it refuses
 * only the codes and the place are told; that it is away or full is said in its words.
 */
export function loggable(error: unknown): unknown {
  if (!(error instanceof Error) || !/^(PrismaClient|DriverAdapterError)/.test(error.name) || isUnavailable(error))
    return error
  const { code, meta, cause } = error as Refused // each part is looked at before it is used
  const said = meta?.driverAdapterError?.cause ?? cause
  const stack = error.stack?.split('\n').filter((line) => /^ +at /.test(line))
  return { type: error.name, code, sqlState: said?.originalCode, stack: stack?.join('\n') }
}

type Refused = {
  code?: unknown
  meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } }
  cause?: { originalCode?: unknown }
}
