import { expect, it } from 'vitest'
import { mintToken } from '../access/tokens.ts'
import { listeningLogger, listeningTrace, unspeakable, whatWasSaid } from './what-was-said.ts'

it('credentials of every kind, their header and what nobody may see are found in logs and traces, and nothing else', async () => {
  const [key, token] = [mintToken('KEY', 'acme').text, mintToken('SESSION', 'acme-2').text]
  for (const said of [key, token, 'whsec_of_a_source', 'Bearer x', 'sentinel-name']) {
    listeningLogger.info({ said })
    await listeningTrace({ name: 'work', attributes: () => ({ said }) }, async () => {})
    const found = unspeakable(whatWasSaid())
    expect(found, said).toHaveLength(2)
    expect(found.join()).toContain(said.slice(0, 6))
  }
  listeningLogger.info({ key: key.split('_').slice(0, 2).join('_') }, 'a key was made')
  expect(unspeakable(whatWasSaid())).toEqual([])
})
