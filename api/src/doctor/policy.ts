import parsePolicy from 'content-security-policy-parser'

/** Content security policies of a page: of its header, which may have several, and of its elements. All of them hold. */
export function policiesOf(headers: Headers, html: string): ReadonlyMap<string, string[]>[] {
  const inHeader = (headers.get('content-security-policy') ?? '').split(',')
  const elements = [...html.matchAll(/<meta\s[^>]*>/gi)].map(([element]) => element)
  const inPage = elements
    .filter((element) => /http-equiv\s*=\s*["']?content-security-policy["'\s]/i.test(element))
    .map((element) => /content\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(element))
    .map((found) => found?.[1] ?? found?.[2] ?? '')
  return [...inHeader, ...inPage].filter((text) => text.trim() !== '').map((text) => parsePolicy(unquoted(text)))
}

/** The sources that a policy has for a kind of request; undefined where it says nothing of it. */
export const sourcesOf = (policy: ReadonlyMap<string, string[]>, directive: string): string[] | undefined =>
  policy.get(directive) ?? policy.get('default-src')

/** Whether sources let a page send requests to an address. The rules of Content Security Policy Level 3, of hosts and schemes. */
export function allows(sources: readonly string[], to: URL, page: URL): boolean {
  return sources.some((source) => {
    const text = source.toLowerCase()
    if (text === '*') return ['http:', 'https:', 'ws:', 'wss:', page.protocol].includes(to.protocol)
    if (text === "'self'") return isSameSite(to, page)
    if (/^[a-z][a-z0-9+.-]*:$/.test(text)) return isScheme(text, to)
    return allowsHost(text, to, page)
  })
}

const isSameSite = (to: URL, page: URL) =>
  to.origin === page.origin || (to.host === page.host && isScheme(page.protocol, to))

/** A scheme allows its safer one, too. */
const isScheme = (scheme: string, { protocol }: URL) =>
  protocol === scheme || (scheme === 'http:' && protocol === 'https:')

function allowsHost(source: string, to: URL, page: URL): boolean {
  const found = /^(?:([a-z][a-z0-9+.-]*:)\/\/)?(\*\.[^:/]+|\*|\[[^\]]+\]|[^:/*]+)(?::(\d+|\*))?(\/.*)?$/.exec(source)
  if (!found) return false
  const [, scheme = page.protocol, host = '', port, path] = found
  if (!isScheme(scheme, to)) return false
  const isHost = host === '*' || (host.startsWith('*.') ? to.hostname.endsWith(host.slice(1)) : to.hostname === host)
  const usual = to.protocol === 'https:' ? '443' : '80'
  const isPort = port === '*' || (to.port || usual) === (port ?? usual)
  return isHost && isPort && allowsPath(path, to.pathname)
}

/** A path that ends with a slash allows all below it, any other itself. */
const allowsPath = (path: string | undefined, asked: string) =>
  path === undefined || path === '/' || (path.endsWith('/') ? asked.startsWith(path) : asked === path)

const unquoted = (text: string) => text.replaceAll('&#39;', "'").replaceAll('&apos;', "'").replaceAll('&quot;', '"')
