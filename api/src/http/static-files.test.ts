import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { staticFilesHandler } from './static-files.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nobishiro-site-'))
  await mkdir(join(folder, 'dist/assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'outside')
  await writeFile(join(folder, 'dist/.built-from'), 'stamp')
  await writeFile(join(folder, 'dist/index.html'), '<!doctype html><p>page</p>')
  await writeFile(join(folder, 'dist/assets/index-D4f5G6h7.js'), 'export {}')
})
afterAll(() => rm(folder, { recursive: true }))

const get = async (path: string, method = 'GET') =>
  staticFilesHandler(join(folder, 'dist'))(new Request(`http://localhost${path}`, { method }), { requestId: 'r' })

describe('a built page', () => {
  it('is served at / and at its own routes, never kept, with scripts of its own only', async () => {
    for (const path of ['/', '/index.html', '/revenue', '/customers/cus_1']) {
      const page = await get(path)
      expect(await page.text()).toContain('page')
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(page.headers.get('cache-control')).toBe('no-cache')
      const policy = page.headers.get('content-security-policy')
      expect(policy).toContain("script-src 'self'")
      expect(policy).not.toContain('unsafe')
    }
  })

  it('keeps files with a hash in their name for ever', async () => {
    const script = await get('/assets/index-D4f5G6h7.js')
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(script.headers.get('content-type')).toContain('text/javascript')
    expect(await (await get('/assets/index-D4f5G6h7.js', 'HEAD')).text()).toBe('')
  })

  it('is compressed for who reads that, and not sent again to who has it', async () => {
    const ask = (headers: Record<string, string>) =>
      staticFilesHandler(join(folder, 'dist'))(new Request('http://localhost/', { headers }), { requestId: 'r' })
    const zipped = await ask({ 'accept-encoding': 'gzip, br' })
    expect([zipped.headers.get('content-encoding'), zipped.headers.get('vary')]).toEqual(['gzip', 'accept-encoding'])
    expect(gunzipSync(await zipped.arrayBuffer()).toString()).toContain('<p>page</p>')
    expect((await ask({})).headers.get('content-encoding')).toBeNull()
    const again = await ask({ 'if-none-match': zipped.headers.get('etag') ?? '' })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await ask({ 'if-none-match': '"another"' })).status).toBe(200)
  })

  it.each([
    '/assets/missing.js',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/.built-from',
    '/%00',
    '/%zz',
  ])('has nothing at %s', (path) => expect(get(path)).rejects.toMatchObject({ status: 404 }))

  it('is read only', () => expect(get('/', 'POST')).rejects.toMatchObject({ status: 405 }))
})
