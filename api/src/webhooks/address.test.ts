import { describe, expect, it } from 'vitest'
import { isPublicAddress, publicLookup, refusePrivateLiteral } from './address.ts'
import { createSend } from './send.ts'

const PRIVATE = [
  ...[
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '169.254.169.254',
  ],
  ...[
    '100.64.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '240.0.0.1',
  ],
  ...['::1', '::', 'fe80::1', 'fc00::1', 'fd00:ec2::254', '::ffff:10.0.0.1', '::ffff:169.254.169.254', 'ff02::1'],
  ...['64:ff9b::a00:1', '2002:a00:1::', '2001:db8::1', 'not an address'],
]

describe('an address', () => {
  it.each(PRIVATE)('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )

  it.each([
    ...['https://127.0.0.1', 'https://2130706433', 'https://0x7f.1', 'https://0177.0.0.1', 'https://[::1]:8443'],
    ...['https://[::ffff:169.254.169.254]', 'https://169.254.169.254/latest/meta-data'],
  ])('%s is refused, however it is written', (url) => {
    expect(() => refusePrivateLiteral(new URL(url))).toThrow('does not lead to a public address')
  })

  it('is looked at when a connection is made: a name that leads inside is refused', async () => {
    const looked = await new Promise<Error | null>((resolve) =>
      publicLookup('localhost', {}, (error) => resolve(error)),
    )
    expect(looked?.message).toBe('localhost does not lead to a public address')
    const send = createSend({ allowPrivate: false })
    const signal = new AbortController().signal
    const to = (url: string) => send({ url, headers: {}, body: '{}', signal })
    expect(await to('https://localhost:1/')).toMatchObject({ status: null, problem: expect.stringContaining('public') })
    expect(await to('https://127.0.0.1:1/')).toMatchObject({ status: null, problem: expect.stringContaining('public') })
    expect(await to('http://example.com/')).toMatchObject({ status: null, problem: 'only https is sent to' })
  })
})
