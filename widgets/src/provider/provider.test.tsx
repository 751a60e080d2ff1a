import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { aSeatGrowth } from '../testing/a-seat-growth.ts'
import { fakeClient } from '../testing/fake-client.ts'
import { NrrGauge } from '../widgets/nrr-gauge/nrr-gauge.tsx'
import { SeatGrowthChart } from '../widgets/seat-growth-chart/seat-growth-chart.tsx'
import { NobishiroProvider } from './nobishiro-provider.tsx'
import { SettingsProvider } from './settings-provider.tsx'
import { useNobishiro } from './use-nobishiro.ts'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const range = { start: '2026-01-01', end: '2026-07-01' }

function Control() {
  const { setRange } = useNobishiro()
  return (
    <button type="button" onClick={() => setRange(range)}>
      first half
    </button>
  )
}

const quietly = (run: () => void) => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  run()
}

describe('the provider', () => {
  it('is asked for by name when it is missing', () => {
    quietly(() => {
      expect(() => render(<NrrGauge />)).toThrow(
        /NrrGauge needs a NobishiroProvider around it.*<NobishiroProvider sandbox>/,
      )
    })
  })

  it('refuses an API key in a browser', () => {
    quietly(() => {
      expect(() => render(<NobishiroProvider apiKey="nbk_demo" />)).toThrow(/must never reach a browser/)
    })
  })

  it('asks where the numbers come from', () => {
    quietly(() => {
      expect(() => render(<NobishiroProvider />)).toThrow(/Pass `session=\{fetchSession\}`, or `sandbox`/)
    })
  })

  it('shows a working gauge in the sandbox: no server, no account', async () => {
    render(
      <NobishiroProvider sandbox>
        <NrrGauge />
      </NobishiroProvider>,
    )
    expect(await screen.findByText(/^\d+\.\d kept$/, {}, { timeout: 5000 })).toBeTruthy()
  })

  it('sets theme variables through the CSSOM, and takes them back', async () => {
    const story = (accent: string) => (
      <SettingsProvider
        client={fakeClient({ seatGrowth: aSeatGrowth() })}
        theme={{ scheme: 'dark', '--nobishiro-accent': accent }}
      >
        <SeatGrowthChart />
      </SettingsProvider>
    )
    const { container, rerender } = render(story('tomato'))
    const widget = () => container.querySelector<HTMLElement>('.nobishiro-widget')
    await waitFor(() => expect(widget()?.style.getPropertyValue('--nobishiro-accent')).toBe('tomato'))
    expect(widget()?.className).toContain('nobishiro-scheme-dark')
    rerender(story('teal'))
    expect(widget()?.style.getPropertyValue('--nobishiro-accent')).toBe('teal')
  })

  it('shares its range: a control sets it, widgets ask anew, the host is told', async () => {
    const client = fakeClient({ seatGrowth: aSeatGrowth() })
    const asked = vi.spyOn(client, 'seatGrowth')
    const onEvent = vi.fn()
    render(
      <SettingsProvider client={client} onEvent={onEvent}>
        <Control />
        <SeatGrowthChart />
        <SeatGrowthChart />
      </SettingsProvider>,
    )
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(1))
    fireEvent.click(screen.getByText('first half'))
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(2))
    expect(asked.mock.calls[1]?.[0]).toEqual({ range })
    expect(onEvent).toHaveBeenCalledWith({ type: 'range', range })
  })
})

describe('a live provider', () => {
  const shows = (visibility: DocumentVisibilityState) => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibility)
    document.dispatchEvent(new Event('visibilitychange'))
  }

  /** A client whose ledger moves when it is told to. */
  function moving() {
    const open = new Set<(version: string) => void>()
    const client = fakeClient({ seatGrowth: aSeatGrowth() })
    const asked = vi.spyOn(client, 'seatGrowth')
    client.watch = async (listener, { signal } = {}) => {
      open.add(listener)
      signal?.addEventListener('abort', () => open.delete(listener))
    }
    const move = (version: string) => {
      for (const listener of open) listener(version)
    }
    return { client, asked, open, move }
  }

  const page = (client: ReturnType<typeof fakeClient>, settings: { live?: boolean; asOf?: string }) => (
    <SettingsProvider client={client} {...settings}>
      <SeatGrowthChart />
    </SettingsProvider>
  )

  it('asks again each time the ledger moves, and not when it is only told where it stands', async () => {
    const { client, asked, move } = moving()
    render(page(client, { live: true }))
    move('7')
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(1))
    move('8')
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(2))
    move('8')
    await Promise.resolve()
    expect(asked).toHaveBeenCalledTimes(2)
  })

  it('holds no connection while hidden, and learns what it missed', async () => {
    const { client, asked, open, move } = moving()
    const { unmount } = render(page(client, { live: true }))
    move('7')
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(1))
    shows('hidden')
    expect(open.size).toBe(0)
    shows('visible')
    move('9')
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(2))
    unmount()
    expect(open.size).toBe(0)
  })

  it.each([{}, { live: true, asOf: '2026-01-01T00:00:00Z' }])('does not listen with %j', (settings) => {
    const { client, open } = moving()
    render(page(client, settings))
    expect(open.size).toBe(0)
  })
})
