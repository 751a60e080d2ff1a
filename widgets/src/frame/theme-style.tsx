import { type Theme, variablesOf } from '../provider/theme.ts'

/**
 * The theme's variables for the first paint of server-rendered HTML. Only with the page's nonce, which its content
 * security policy asks for; without one they are set after hydration.
 */
export function ThemeStyle({ theme, nonce, scope }: { theme: Theme; nonce: string | undefined; scope: string }) {
  const variables = variablesOf(theme)
  if (nonce === undefined || variables.length === 0) return null
  const rules = variables.map(([name, value]) => `${name}:${value.replace(/[<>{};]/g, '')}`)
  return (
    <style
      className="nobishiro-data"
      nonce={nonce}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: names are checked, values are stripped of what could end them
      dangerouslySetInnerHTML={{ __html: `[data-nobishiro-theme="${scope}"]{${rules.join(';')}}` }}
    />
  )
}
