import { type MouseEvent, type RefObject, useEffect, useRef } from 'react'

/** Opens a dialog as a modal sheet. The browser keeps the focus in it, closes it on Esc and gives the focus back. */
export function useSheet(onClose: () => void): {
  ref: RefObject<HTMLDialogElement | null>
  onClose: () => void
  onClick: (event: MouseEvent) => void
} {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    if (!dialog || dialog.open) return
    // Inside of a shadow root, the document knows its host alone.
    const before = (dialog.getRootNode() as Document | ShadowRoot).activeElement
    dialog.showModal()
    return () => {
      dialog.close()
      if (before instanceof HTMLElement || before instanceof SVGElement) before.focus()
    }
  }, [])
  return {
    ref,
    // The browser says "closed" late: under StrictMode the sheet is open again by then.
    onClose: () => {
      if (!ref.current?.open) onClose()
    },
    // A click beside the sheet has the dialog itself as its target, outside of its box.
    onClick: (event) => {
      const box = ref.current?.getBoundingClientRect()
      if (event.target === ref.current && box && event.clientX < box.left) onClose()
    },
  }
}
