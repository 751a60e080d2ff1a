import { ExpectedError } from '../shared/errors.ts'
import { refusal } from './answer.ts'

/** Operations that one request may bring. */
const MOST = 20

type Params = Record<string, unknown>

/** The operations of a body that is a list: documents that the server has, each by its id. */
export function readTogether(body: readonly unknown[]): Params[] {
  if (body.length === 0 || body.length > MOST)
    throw new ExpectedError('INVALID_INPUT', `A list of operations has 1 to ${MOST} of them, not ${body.length}.`)
  return body.map((one, place) => {
    const params = one as Params | null // JSON
    if (typeof params?.['documentId'] === 'string') return params
    throw new ExpectedError(
      'INVALID_INPUT',
      'In a list each operation is an object with a documentId.',
      `[${place}].documentId`,
    )
  })
}

/** Each is answered as it would be alone, and none waits for another to be asked; the answers come in the order of the questions. */
export async function answerTogether(
  request: Request,
  asked: readonly Params[],
  answer: (request: Request, params: Params) => Promise<Response>,
): Promise<Response> {
  const headers = new Headers(request.headers)
  headers.delete('if-none-match') // it names the answer to one question
  headers.set('accept', 'application/graphql-response+json')
  const alone = new Request(request.url, { method: 'POST', headers, signal: request.signal })
  const bodies = await Promise.all(
    asked.map(async (params, place) => {
      const response = await answer(alone, params)
      if (response.headers.get('content-type')?.includes('json')) return response.text()
      const message = 'It is answered by a stream: ask for it by itself.'
      return refusal(400, 'INVALID_INPUT', message, { field: `[${place}].documentId` }).text()
    }),
  )
  return new Response(`[${bodies.join(',')}]`, { headers: { 'content-type': 'application/json' } })
}
