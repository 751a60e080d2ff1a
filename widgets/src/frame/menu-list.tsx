import { type KeyboardEvent, useEffect, useRef } from 'react'
import { nextIndex } from '../chart/use-roving.ts'
import { toCsv } from '../format/csv.ts'
import { useSettings } from '../provider/settings.ts'
import { downloadText } from './download.ts'
import type { MenuProps } from './menu.tsx'
import { downloadPng, downloadSvg, pictureIn } from './picture.ts'

/** What can be done with a widget. */
export default function MenuList(props: MenuProps & { onClose: () => void }) {
  const { root, table, provenance, isTable, onTable, onExplain, onClose } = props
  const { text } = useSettings('Menu')
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => list.current?.querySelector('button')?.focus(), [])

  const picture = () => pictureIn(root.current)
  const saveCsv = () =>
    downloadText(
      `${table.caption}.csv`,
      'text/csv',
      toCsv([...provenance, [], table.columns.map(({ label }) => label), ...table.values]),
    )
  const items = [
    { label: isTable ? text.menu.chart : text.menu.table, run: onTable },
    { label: text.menu.csv, run: saveCsv },
    ...(isTable
      ? []
      : [
          { label: text.menu.svg, run: () => downloadSvg(picture(), table.caption) },
          { label: text.menu.png, run: () => downloadPng(picture(), table.caption) },
        ]),
    ...(onExplain ? [{ label: text.explain.open, run: onExplain }] : []),
  ]

  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    // Inside of a shadow root, the document knows its host alone.
    const { activeElement } = event.currentTarget.getRootNode() as Document | ShadowRoot
    const next = nextIndex(event.key, buttons.indexOf(activeElement as HTMLButtonElement), buttons.length)
    if (event.key === 'Escape' || event.key === 'Tab') onClose()
    if (next === null) return
    event.preventDefault()
    buttons[next]?.focus()
  }

  return (
    <div
      className="nobishiro-menu-list"
      role="menu"
      tabIndex={-1}
      ref={list}
      aria-label={text.menu.open}
      onKeyDown={onKeyDown}
    >
      {items.map(({ label, run }) => (
        <button
          key={label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className="nobishiro-menu-item"
          onClick={() => {
            onClose()
            run()
          }}
        >
          {label}
        </button>
      ))}
    </div>
  )
}
