import type { QueryKey } from '@tanstack/react-query'
import { type ReactNode, Suspense } from 'react'
import { useSettings } from './settings.ts'
import { Transfer } from './transfer.tsx'

/** Around a widget: a server waits here for its data; a browser shows the fallback until then. */
export function ServerBoundary({ fallback, children }: { fallback: ReactNode; children: ReactNode }) {
  return <Suspense fallback={fallback}>{children}</Suspense>
}

/** Around a widget that has its data: sends the data along with the HTML. */
export function Delivered({ name, queryKey, children }: { name: string; queryKey: QueryKey; children: ReactNode }) {
  const { queryClient } = useSettings(name)
  return (
    <>
      {children}
      <Transfer client={queryClient} queryKey={queryKey} />
    </>
  )
}
