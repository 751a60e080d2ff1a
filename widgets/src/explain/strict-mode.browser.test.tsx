import { StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, expect, it } from 'vitest'
import { NobishiroProvider, NrrGauge } from '../index.ts'
import '../styles.css'

let root: Root | undefined
afterEach(() => root?.unmount())

it('the sheet opens and stays open in a host under StrictMode, and closes', async () => {
  const host = document.createElement('div')
  document.body.append(host)
  root = createRoot(host)
  root.render(
    <StrictMode>
      <NobishiroProvider sandbox>
        <NrrGauge />
      </NobishiroProvider>
    </StrictMode>,
  )
  const part = () => host.querySelector('.nobishiro-gauge-arc [role="button"]')
  await expect.poll(part, { timeout: 10_000 }).not.toBeNull()
  part()?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
  const sheet = () => document.querySelector<HTMLDialogElement>('dialog[open]')
  await expect.poll(() => sheet()?.querySelector('.nobishiro-bridge'), { timeout: 10_000 }).toBeTruthy()
  await new Promise((done) => setTimeout(done, 100))
  expect(sheet()).not.toBeNull()
  sheet()?.close()
  await expect.poll(sheet).toBeNull()
})
