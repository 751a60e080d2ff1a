import { type Answered, answerOf } from './ask.ts'
import { type Embed, type Finding, finder } from './finding.ts'
import { allows, policiesOf, sourcesOf } from './policy.ts'

const find = finder('page')

/** Whether the page is there, and lets widgets reach the server and draw pictures. */
export async function lookAtPage({ page, server, ask }: Embed): Promise<Finding[]> {
  if (page === undefined) {
    return [find('SKIPPED', 'No page was named, so its content security policy is unknown.', 'Name one with --page.')]
  }
  const answer = await answerOf(ask, page, { headers: { accept: 'text/html' } })
  if ('failed' in answer) return [find('FAULT', `${page.href} does not answer: ${answer.failed}.`)]
  if (answer.status >= 400) {
    const remedy = 'A page behind a login is seen by nobody else; its policy is usually that of the login page.'
    return [find('SKIPPED', `${page.href} is answered ${answer.status}.`, remedy)]
  }
  return ofPolicies(answer, page, server)
}

function ofPolicies({ headers, text }: Answered, page: URL, server: URL): Finding[] {
  const policies = policiesOf(headers, text)
  if (policies.length === 0) return [find('OK', 'The page has no content security policy; widgets need none.')]
  const graphql = new URL('/graphql', server)
  const missing = (directive: string, isAllowed: (sources: string[]) => boolean) =>
    policies.some((policy) => {
      const sources = sourcesOf(policy, directive)
      return sources !== undefined && !isAllowed(sources)
    })
  const noServer = missing('connect-src', (sources) => allows(sources, graphql, page))
  const noPicture = missing('img-src', (sources) => sources.some((source) => source.toLowerCase() === 'data:'))
  return [
    ...(noServer
      ? [
          find(
            'FAULT',
            `The policy of the page does not let it ask ${server.origin}.`,
            `Add to it: connect-src ${server.origin}`,
          ),
        ]
      : [find('OK', `The policy of the page lets it ask ${server.origin}.`)]),
    ...(noPicture
      ? [
          find(
            'WARNING',
            'Pictures of widgets cannot be saved as PNG from this page.',
            'Add to its policy: img-src data:',
          ),
        ]
      : []),
  ]
}
