import { createClient } from '@nobishiro/sdk'
import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { en } from '../i18n/en.ts'
import { drawerText } from './drawer-text.ts'
import { EntryTable } from './entry-table.tsx'

afterEach(cleanup)

const client = createClient({ auth: { sandbox: true } })

async function shown(metric: 'expansionCacRatio' | 'seatGrowth') {
  const explanation = await client.explain({ metric, first: 100 })
  const text = drawerText(en, 'en')
  render(<EntryTable explanation={explanation} caption="entries" text={text} locale="en" language="en" />)
  const rows = within(screen.getByRole('table', { name: 'entries' }))
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => cell.textContent ?? ''))
  return { explanation, rows }
}

describe('entries of the sample tenant', () => {
  it('list months of spend beside accounts, with the sums that the number is made of', async () => {
    const { explanation, rows } = await shown('expansionCacRatio')
    expect(rows[0]).toEqual(['Account', 'Spend on expansion', 'Expansion MRR'])
    expect(rows[1]?.[0]).toMatch(/^2026-09 /)
    expect(
      rows
        .at(-1)
        ?.slice(1)
        .map((cell) => cell.replaceAll(',', '')),
    ).toEqual(explanation.inputs.map(({ value }) => value))
  })

  it('say how many are not listed', async () => {
    const { explanation, rows } = await shown('seatGrowth')
    expect(explanation.entries.totalCount).toBeGreaterThan(8)
    expect(rows).toHaveLength(1 + 8 + 1 + 1)
    expect(rows.at(-2)?.[0]).toContain(String(explanation.entries.totalCount - 8))
  })

  it('add up to the inputs', async () => {
    const { explanation } = await shown('seatGrowth')
    const sums = explanation.inputs.map((_, input) =>
      explanation.entries.edges.reduce((sum, { node }) => sum + Number(node.amounts[input]), 0),
    )
    expect(sums).toEqual(explanation.inputs.map(({ value }) => Number(value)))
  })
})
