import { UnavailableError } from '@nobishiro/sdk'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { SettingsProvider } from '../provider/settings-provider.tsx'
import { aSeries } from '../testing/a-metric.ts'
import { aMovement, anExplanation } from '../testing/an-explanation.ts'
import { type Answers, fakeClient } from '../testing/fake-client.ts'
import { aMoney } from '../testing/money.ts'
import { NrrGauge } from '../widgets/nrr-gauge/nrr-gauge.tsx'

afterEach(cleanup)

const METRICS = [aSeries('nrr', [1.124]), aSeries('grr', [0.94])]
const MOVEMENTS = {
  totalCount: 1,
  edges: [{ cursor: '1', node: aMovement('Aozora', 49_040) }],
  pageInfo: { hasNextPage: false, endCursor: null },
  totals: [],
  view: 'NOBISHIRO',
}

async function open(answers: Answers = { explain: (after) => anExplanation('nrr', after), movements: MOVEMENTS }) {
  render(
    <SettingsProvider client={fakeClient({ metrics: METRICS, ...answers })}>
      <NrrGauge />
    </SettingsProvider>,
  )
  const button = (await screen.findAllByRole('button', { name: /^Explain/ })).at(-1) as HTMLElement // one at least
  button.focus()
  fireEvent.click(button)
  return { button, sheet: await screen.findByRole('dialog') }
}

const rowsOf = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => cell.textContent))

describe('the explain drawer', () => {
  it('shows the equation, the sentence and a list that lands on the number', async () => {
    const { sheet } = await open()
    await within(sheet).findByRole('heading', { name: /^Why 112\.4/ })
    expect(within(sheet).getByRole('button', { name: /^854,915\s*closing$/ })).toBeTruthy()
    expect(within(sheet).getByText(/88 accounts paid \$760,600/)).toBeTruthy()
    const rows = rowsOf(within(sheet).getByRole('table', { name: 'Accounts by effect' }))
    expect(rows[1]).toEqual(['Aozora', '+49,040', '49,040'])
    expect(rows.at(-2)?.[2]).toBe('94,315')
    expect(rows.at(-1)).toEqual(['854,915 − 760,600', '94,315 · difference 0'])
  })

  it('shows more, page after page, until nothing is left over', async () => {
    const { sheet } = await open()
    const table = () => within(sheet).getByRole('table')
    await within(sheet).findByRole('table')
    for (let clicks = 0; clicks < 10; clicks++) {
      const more = within(sheet).queryByRole('button', { name: 'Show more' })
      if (!more) break
      const before = rowsOf(table()).length
      fireEvent.click(more)
      await waitFor(() => expect(rowsOf(table()).length).toBeGreaterThan(before))
    }
    expect(within(sheet).queryByRole('button', { name: 'Show more' })).toBeNull()
    expect(rowsOf(table()).length).toBe(88 + 2)
    expect(rowsOf(table()).at(-2)?.[2]).toBe('94,315')
  })

  it('opens each term and each step of the bridge to its accounts', async () => {
    const { sheet } = await open()
    fireEvent.click(await within(sheet).findByRole('button', { name: /^760,600\s*opening$/ }))
    expect(rowsOf(within(sheet).getByRole('table', { name: 'Accounts by opening MRR' })).at(-1)?.[1]).toBe(
      '760,600 · difference 0',
    )
    fireEvent.click(within(sheet).getByRole('button', { name: /^Lost/ }))
    expect(rowsOf(within(sheet).getByRole('table', { name: 'Accounts that were lost' })).slice(1)).toEqual([
      ['Sora Bank', '−14,800', '−14,800'],
      ['Minato Press', '−8,000', '−22,800'],
      ['Sum', '−22,800 · difference 0'],
    ])
    fireEvent.click(within(sheet).getByRole('button', { name: 'All accounts' }))
    expect(within(sheet).getByRole('table', { name: 'Accounts by effect' })).toBeTruthy()
  })

  it('opens an account to its ledger lines and their source events', async () => {
    const { sheet } = await open()
    fireEvent.click(await within(sheet).findByRole('button', { name: 'Aozora' }))
    const lines = await within(sheet).findByRole('list', { name: 'Ledger lines of Aozora' })
    expect(lines.textContent).toContain('14 Oct 2026 · Seats · Pro · +47 seats')
    expect(lines.textContent).toContain('stripe · evt_1QkAo0ra')
  })

  it('shows a line in the currency that the account pays in', async () => {
    const movement = aMovement('Aozora', 49_040)
    const lines = movement.lines.map((line) => ({ ...line, amount: aMoney(1_250, 'KWD') }))
    const movements = { ...MOVEMENTS, edges: [{ cursor: '1', node: { ...movement, lines } }] }
    const { sheet } = await open({ explain: (after) => anExplanation('nrr', after), movements })
    fireEvent.click(await within(sheet).findByRole('button', { name: 'Aozora' }))
    const list = await within(sheet).findByRole('list', { name: 'Ledger lines of Aozora' })
    expect(list.textContent).toContain('+1,250 KWD')
  })

  it('closes and gives the focus back', async () => {
    const { button, sheet } = await open()
    fireEvent.click(await within(sheet).findByRole('button', { name: 'Close' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(document.activeElement).toBe(button)
  })

  it('says what went wrong and tries again', async () => {
    const { sheet } = await open({ explain: new UnavailableError('Down.', { requestId: 'req_9' }) })
    expect(await within(sheet).findByText('UNAVAILABLE · req_9')).toBeTruthy()
    expect(within(sheet).getByRole('button', { name: 'Try again' })).toBeTruthy()
  })
})
