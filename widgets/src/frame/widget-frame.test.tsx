import { ForbiddenError, NetworkError, SessionExpiredError } from '@nobishiro/sdk'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { NobishiroEvent } from '../provider/event.ts'
import { SettingsProvider } from '../provider/settings-provider.tsx'
import { aSeries } from '../testing/a-metric.ts'
import { type Answers, fakeClient } from '../testing/fake-client.ts'
import { NrrGauge } from '../widgets/nrr-gauge/nrr-gauge.tsx'

afterEach(cleanup)

const READY: Answers = { metrics: [aSeries('nrr', [1.05, 1.124]), aSeries('grr', [0.93, 0.941])] }

function show(answers: Answers, onEvent?: (event: NobishiroEvent) => void) {
  const client = fakeClient(answers)
  render(
    <SettingsProvider client={client} onEvent={onEvent}>
      <NrrGauge target={1.2} />
    </SettingsProvider>,
  )
  return client
}

const region = () => screen.getByRole('region', { name: /net revenue retention/i })

describe('a widget', () => {
  it('says that it is loading', () => {
    show({ metrics: 'pending' })
    expect(region().getAttribute('aria-busy')).toBe('true')
    expect(screen.getByText('Loading')).toBeTruthy()
  })

  it('says what will be there when there is nothing yet', async () => {
    show({ metrics: [] })
    expect(await screen.findByText('No revenue yet')).toBeTruthy()
  })

  it('announces its main numbers once they are there', async () => {
    show(READY)
    await waitFor(() => expect(screen.getByRole('status').textContent).toContain('Net revenue retention is 112.4'))
  })

  it('names a month in progress in words', async () => {
    show({ metrics: [aSeries('nrr', [1.1], { completeness: 'PARTIAL' }), aSeries('grr', [0.9])] })
    expect(await screen.findByText('in progress')).toBeTruthy()
  })

  it('says that figures were changed after they were closed, in the heading and in the table', async () => {
    show({ metrics: [aSeries('nrr', [1.1], { completeness: 'RESTATED' }), aSeries('grr', [0.9])] })
    expect(await screen.findByText('restated')).toBeTruthy()
    const table = screen.getByRole('table', { name: 'Net revenue retention (restated)' })
    expect(within(table).getByRole('rowheader').textContent).toBe('Oct 2026 (restated)')
  })

  it('offers another try after a fault, and tells the host once', async () => {
    const events: NobishiroEvent[] = []
    const client = show({ metrics: new NetworkError('No answer.') }, (event) => events.push(event))
    const again = await screen.findByRole('button', { name: 'Try again' })
    expect(screen.getByText('There was no answer from the server.')).toBeTruthy()
    expect(events.filter(({ type }) => type === 'error')).toMatchObject([{ code: 'NETWORK' }])
    client.metrics = fakeClient(READY).metrics
    fireEvent.click(again)
    await waitFor(() => expect(screen.queryByText('There was no answer from the server.')).toBeNull())
    expect(await screen.findByText('94.1 kept')).toBeTruthy()
  })

  it.each([
    [new ForbiddenError('No.'), 'Not available to you'],
    [new SessionExpiredError('Over.'), 'Your session has ended'],
  ])('shows nothing when it is denied', async (error, title) => {
    show({ metrics: error })
    expect(await screen.findByText(title)).toBeTruthy()
    expect(screen.queryByRole('table')).toBeNull()
    expect(screen.queryByRole('button')).toBeNull()
  })
})

describe('the table behind the picture', () => {
  it('is there for a screen reader, with the same numbers', async () => {
    show(READY)
    const table = await screen.findByRole('table', { name: 'Net revenue retention' })
    const rows = within(table).getAllByRole('row').slice(1)
    expect(rows.map((row) => row.textContent?.replace(/\u202f/g, ' '))).toEqual([
      'Sep 2026105.0 %93.0 %',
      'Oct 2026112.4 %94.1 %',
    ])
  })

  it('takes the place of the picture on request', async () => {
    show(READY)
    fireEvent.click(await screen.findByRole('button', { name: 'More' }))
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Show as table' }))
    expect(screen.queryByRole('button', { name: /^Kept/ })).toBeNull()
    expect(screen.getByRole('table').parentElement?.className).toBe('nobishiro-table-frame')
  })
})

describe('the menu', () => {
  it('is walked with arrow keys, closes on Esc and gives the focus back', async () => {
    show(READY)
    const more = await screen.findByRole('button', { name: 'More' })
    more.focus()
    fireEvent.click(more)
    const menu = await screen.findByRole('menu')
    const items = within(menu).getAllByRole('menuitem')
    expect(items.map((item) => item.textContent)).toEqual([
      'Show as table',
      'Download CSV',
      'Download SVG',
      'Download PNG',
      'Explain',
    ])
    expect(document.activeElement).toBe(items[0])
    fireEvent.keyDown(menu, { key: 'ArrowDown' })
    expect(document.activeElement).toBe(items[1])
    fireEvent.keyDown(menu, { key: 'Escape' })
    expect(screen.queryByRole('menu')).toBeNull()
    expect(document.activeElement).toBe(more)
  })
})

describe('the keyboard', () => {
  it('reaches the arc with one Tab and walks its parts with arrow keys', async () => {
    const onSelect = vi.fn()
    render(
      <SettingsProvider client={fakeClient(READY)}>
        <NrrGauge target={1.2} onSelect={onSelect} />
      </SettingsProvider>,
    )
    const parts = await screen.findAllByRole('button', { name: /^(Why|Kept|Grown|Room)/ })
    expect(parts.map((part) => part.getAttribute('tabindex'))).toEqual(['0', '-1', '-1', '-1'])
    parts[0]?.focus()
    fireEvent.keyDown(parts[0] as Element, { key: 'ArrowRight' })
    expect(document.activeElement).toBe(parts[1])
    fireEvent.keyDown(parts[1] as Element, { key: 'Enter' })
    expect(onSelect).toHaveBeenCalledWith({ part: 'kept', month: '2026-10-01', nrr: 1.124, grr: 0.941 })
  })

  it('names the month it stands on beneath the picture', async () => {
    show(READY)
    const month = await screen.findByRole('button', { name: /^Sep 2026/ })
    fireEvent.focus(month)
    expect(screen.getByText(/Sep 2026 · 105\.0/)).toBeTruthy()
    fireEvent.blur(month)
    expect(screen.queryByText(/Sep 2026 · 105\.0/)).toBeNull()
  })
})
