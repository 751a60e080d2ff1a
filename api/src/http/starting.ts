import { refusal } from './answer.ts'
import type { Handler } from './handler.ts'
import { live, notReady } from './health.ts'
import { withSecurityHeaders } from './security-headers.ts'

/** What the server answers while it starts: that it lives, what it waits for, and a page that comes back by itself. */
export function startingHandler(waitingFor: () => string): Handler {
  return (request, connection) => {
    const { pathname } = new URL(request.url)
    return withSecurityHeaders(answer())

    function answer(): Response {
      if (pathname === '/health/live') return live(request, connection) as Response // answers at once
      if (pathname === '/health/ready') return notReady(waitingFor())
      if (request.headers.get('accept')?.includes('text/html')) return waitingPage(waitingFor())
      return refusal(503, 'UNAVAILABLE', `The server is starting: ${waitingFor()}.`)
    }
  }
}

export function waitingPage(step: string): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="1">
<title>Nobishiro</title><p>Nobishiro is starting: ${step}. This page reloads by itself.</p>
<p lang="ja">起動しています。準備ができると自動で表示されます。</p></html>`
  return new Response(html, {
    status: 503,
    headers: { 'content-type': 'text/html; charset=utf-8', 'retry-after': '1' },
  })
}
