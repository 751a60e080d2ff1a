/** Follows the host page (`system`), or is fixed. */
export type Scheme = 'light' | 'dark' | 'system'

/** CSS variables of the widgets, such as `--nobishiro-accent`, with any CSS value. */
export type ThemeVariables = { [name: `--nobishiro-${string}`]: string } & { scheme?: Scheme }

export type Theme = Scheme | ThemeVariables

/** The class that fixes a widget's colour scheme. */
export function schemeClass(theme: Theme): string {
  const scheme = typeof theme === 'string' ? theme : (theme.scheme ?? 'system')
  return `nobishiro-scheme-${scheme}`
}

/** The theme's own variables, name and value. */
export function variablesOf(theme: Theme): [string, string][] {
  if (typeof theme === 'string') return []
  return Object.entries(theme).filter(
    (entry): entry is [string, string] => /^--nobishiro-[\w-]+$/.test(entry[0]) && typeof entry[1] === 'string',
  )
}
