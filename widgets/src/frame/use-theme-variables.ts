import { type RefObject, useEffect } from 'react'
import { type Theme, variablesOf } from '../provider/theme.ts'

/** Sets the theme's variables through the CSSOM, which no content security policy refuses. */
export function useThemeVariables(ref: RefObject<HTMLElement | null>, theme: Theme): void {
  useEffect(() => {
    const style = ref.current?.style
    if (!style) return
    const variables = variablesOf(theme)
    for (const [name, value] of variables) style.setProperty(name, value)
    return () => {
      for (const [name] of variables) style.removeProperty(name)
    }
  }, [ref, theme])
}
