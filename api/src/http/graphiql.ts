import { renderGraphiQL } from '@graphql-yoga/render-graphiql'

const DEFAULT_QUERY = `# Send your API key as a header: { "Authorization": "Bearer nbk_…" }
{
  viewer { tenant { name currency } dataThrough }
  metric(key: nrr) { total { value numerator { value } denominator { value } completeness } }
}
`

/** A page to try operations in, whole in itself; for development only. */
export function graphiqlPage(): Response {
  const html = renderGraphiQL({ title: 'Nobishiro', defaultQuery: DEFAULT_QUERY })
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      // The page is one file with its scripts inside.
      'content-security-policy':
        "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; style-src 'unsafe-inline'; font-src data:; img-src data:; worker-src blob:; connect-src 'self'; frame-ancestors 'none'",
    },
  })
}
