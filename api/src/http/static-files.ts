import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { Refused } from './answer.ts'
import type { Handler } from './handler.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** Types that are worth compressing. */
const WORDY = /^text\/|json|svg/
const zip = promisify(gzip)

const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/** Files of a built page; any other path is the page itself, which has its own routes. Hashed names are cached for ever. */
export function staticFilesHandler(folder: string): Handler {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refused(405, 'Pages are read with GET.')
    const asked = decodePath(new URL(request.url).pathname)
    const path = asked === '/' ? '/index.html' : asked
    if (path.includes('/.')) throw new Refused(404, 'There is no such file.')
    const file = await read(folder, path)
    if (file) return answer(request, path, file)
    if (/\.[^/]*$/.test(path)) throw new Refused(404, 'There is no such file.')
    const page = await read(folder, '/index.html')
    if (!page) throw new Refused(404, 'There is no page here.')
    return answer(request, '/index.html', page)
  }
}

async function answer(request: Request, path: string, file: Uint8Array<ArrayBuffer>): Promise<Response> {
  const type = TYPES[extname(path)] ?? 'application/octet-stream'
  const isPage = type.startsWith('text/html')
  const etag = `"${createHash('sha256').update(file).digest('base64url')}"`
  const headers = { etag, vary: 'accept-encoding' }
  if (request.headers.get('if-none-match')?.includes(etag)) return new Response(null, { status: 304, headers })
  const isZipped = WORDY.test(type) && /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
  const body = isZipped ? new Uint8Array(await zip(file)) : file
  return new Response(request.method === 'HEAD' ? null : body, {
    headers: {
      ...headers,
      'content-type': type,
      'content-length': String(body.byteLength),
      'cache-control': /-[\w-]{8,}\.\w+$/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(isZipped ? { 'content-encoding': 'gzip' } : {}),
      ...(isPage ? { 'content-security-policy': PAGE_POLICY } : {}),
    },
  })
}

async function read(folder: string, path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const file = normalize(join(folder, path))
  if (!file.startsWith(normalize(folder) + sep)) return undefined
  return readFile(file).then(
    (bytes) => new Uint8Array(bytes),
    () => undefined,
  )
}

function decodePath(path: string): string {
  try {
    const decoded = decodeURIComponent(path)
    if (!decoded.includes('\0')) return decoded
  } catch {
    // Falls through to the refusal.
  }
  throw new Refused(404, 'There is no such file.')
}
