/** Classes of SQLSTATE: connection exceptions, no resources (a full disk), an operator stopped it, an error of the system. */
const CLASSES = ['08', '53', '57P', '58']
/** A replica that may not be written to. */
const READ_ONLY = '25006'
/** Prisma: not reachable, no answer in time, connection closed, none free in time, no transaction in time, too many connections. */
const PRISMA = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'])
const SOCKET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN'])
/** How the driver says that a connection ended while it was used: it has no code for it. */
const ENDED =
  /^Connection terminated|^Client has encountered a connection error|timeout exceeded when trying to connect/

/** The database is away, or cannot be written to, and the same request may pass later: nothing is wrong with the request. */
export function isUnavailable(error: unknown): boolean {
  const { code, originalCode, kind, message, cause, meta } = (error ?? {}) as Fault // every part is looked at before it is used
  if ([code, originalCode].some((each) => typeof each === 'string' && isCodeOfIt(each))) return true
  if (kind === 'DatabaseNotReachable' || kind === 'ConnectionClosed' || kind === 'SocketTimeout') return true
  if (typeof message === 'string' && ENDED.test(message)) return true
  return [cause, meta?.driverAdapterError].some((inner) => inner != null && inner !== error && isUnavailable(inner))
}

type Fault = {
  code?: unknown
  originalCode?: unknown
  kind?: unknown
  message?: unknown
  cause?: unknown
  meta?: { driverAdapterError?: unknown } | null
}

const isCodeOfIt = (code: string): boolean =>
  PRISMA.has(code) ||
  SOCKET.has(code) ||
  code === READ_ONLY ||
  (code.length === 5 && CLASSES.some((start) => code.startsWith(start)))

/** What the caller is told. */
export const unavailable = (requestId: string): string =>
  `The database cannot be reached or written to just now. Ask again later; quote the request id ${requestId}.`
