export type Attributes = Record<string, string | number | boolean>
export type Note = (attributes: Attributes) => void

/** A piece of work as an operator of the server sees it: never whose it is, and nothing of what it reads or writes. */
export type Work = {
  name: string
  /** Asked for where somebody collects traces. */
  attributes?: () => Attributes
  /** Of a request that came in: what it says of the trace that it belongs to. */
  headers?: Headers
}

export type Trace = <T>(work: Work, run: (note: Note) => Promise<T>) => Promise<T>

/** Where nobody collects traces. */
export const untraced: Trace = (_work, run) => run(() => {})
