import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { SignatureError, signatureHeader, verifySignature } from './verify.ts'

const now = Date.UTC(2026, 0, 15, 9)
const seconds = now / 1000
const secret = 'whsec_current'
const raw = new TextEncoder().encode('{"id":"evt_1","name":"青空"}')
const header = signatureHeader({ raw, secret, now })

const verify = (changes: Partial<Parameters<typeof verifySignature>[0]>) => () =>
  verifySignature({ raw, header, secrets: [secret], now, ...changes })

describe('a webhook signature', () => {
  it('made by the official library is accepted', () => {
    const payload = new TextDecoder().decode(raw)
    const official = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: seconds })
    expect(verify({ header: official })).not.toThrow()
    expect(header).toBe(official)
  })

  it.each([-300, -299, 0, 299, 300])('made %i seconds from now is accepted', (offset) => {
    expect(verify({ now: now + offset * 1000 })).not.toThrow()
  })

  it.each([-10 * 365 * 86_400, -301, 301, 86_400])('made %i seconds from now is refused', (offset) => {
    expect(verify({ header: signatureHeader({ raw, secret, now: now + offset * 1000 }) })).toThrow(/seconds|s away/)
  })

  it('is accepted with the old and with the new secret while one is being rotated', () => {
    const secrets = ['whsec_old', secret]
    expect(verify({ secrets })).not.toThrow()
    expect(verify({ secrets, header: signatureHeader({ raw, secret: 'whsec_old', now }) })).not.toThrow()
  })

  it('is accepted when one of several v1 signatures fits, in any order', () => {
    const [time, good] = header.split(',')
    const other = `v1=${'0'.repeat(64)}`
    expect(verify({ header: `${time},${other},${good},v0=abc` })).not.toThrow()
    expect(verify({ header: `${good}, ${time}, ${other}` })).not.toThrow()
  })

  it('is of the bytes: one changed bit is refused, also where text would read the same', () => {
    const changed = Uint8Array.from(raw)
    changed[0] = 0x7a
    expect(verify({ raw: changed })).toThrow(SignatureError)

    const replacement = new TextEncoder().encode('\uFFFD')
    const invalid = Uint8Array.from([0xff])
    const signed = signatureHeader({ raw: replacement, secret, now })
    expect(verify({ raw: invalid, header: signed })).toThrow(SignatureError)
  })

  it.each([
    ['a missing header', { header: null }],
    ['an empty header', { header: '' }],
    ['no time', { header: header.split(',')[1] as string }],
    ['two times', { header: `t=${seconds},${header}` }],
    ['a time that is not digits', { header: header.replace(/t=\d+/, `t=${seconds}abc`) }],
    ['no v1 signature', { header: `t=${seconds},v0=${'0'.repeat(64)}` }],
    ['a short signature', { header: `t=${seconds},v1=abcd` }],
    ['another time than the signed one', { header: header.replace(/t=\d+/, `t=${seconds + 1}`) }],
    ['another secret', { secrets: ['whsec_other'] }],
    ['no secret', { secrets: [] }],
    ['an empty secret', { secrets: [''], header: signatureHeader({ raw, secret: '', now }) }],
  ])('with %s is refused', (_, changes) => {
    expect(verify(changes)).toThrow(SignatureError)
  })
})
