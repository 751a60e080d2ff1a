import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import type { Table } from '../chart/table.ts'
import { useSettings } from '../provider/settings.ts'

const MenuList = lazy(() => import('./menu-list.tsx'))

export interface MenuProps {
  /** The widget, to find its picture. */
  root: RefObject<HTMLElement | null>
  table: Table
  provenance: readonly (readonly [string, string])[]
  isTable: boolean
  onTable: () => void
  onExplain?: (() => void) | undefined
}

/** The button of a widget's menu. Its list is loaded when it is first opened. */
export function Menu(props: MenuProps) {
  const { text } = useSettings('Menu')
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const area = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!isOpen) return
    const closeOutside = (event: Event) => {
      if (!event.composedPath().includes(area.current as EventTarget)) setIsOpen(false) // mounted while open
    }
    document.addEventListener('pointerdown', closeOutside)
    return () => document.removeEventListener('pointerdown', closeOutside)
  }, [isOpen])

  const close = () => {
    setIsOpen(false)
    button.current?.focus()
  }

  return (
    <div className="nobishiro-menu" ref={area}>
      <button
        ref={button}
        type="button"
        className="nobishiro-icon-button"
        aria-label={text.menu.open}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <svg className="nobishiro-svg" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
          {[2, 7, 12].map((x) => (
            <circle key={x} className="nobishiro-svg-neutral" cx={x} cy="7" r="1.25" />
          ))}
        </svg>
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <MenuList {...props} onClose={close} />
        </Suspense>
      )}
    </div>
  )
}
