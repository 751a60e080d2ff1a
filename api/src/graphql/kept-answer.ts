import type { KeptAnswer } from './kept-answers.ts'
import type { Cost } from './limits.ts'

/** The data of an answer's body that has nothing beside it but its cost; undefined for any other. */
export function dataOf(body: string, cost: Cost): string | undefined {
  const [start, end] = ['{"data":', endOf(cost)]
  return body.startsWith(start) && body.endsWith(end) ? body.slice(start.length, -end.length) : undefined
}

/** Gives an answer with what it costs now, or says that the client has it already. */
export function give(request: Request, { data, etag, contentType }: KeptAnswer, cost: Cost): Response {
  if (holds(request, etag)) return new Response(null, { status: 304, headers: { etag } })
  const headers = { 'content-type': contentType, etag }
  return new Response(`{"data":${data}${endOf(cost)}`, { headers })
}

const endOf = (cost: Cost) => `,"extensions":${JSON.stringify({ cost })}}`

function holds(request: Request, etag: string): boolean {
  const known = request.headers.get('if-none-match')
  return known?.split(',').some((one) => one.trim() === etag) ?? false
}
