import { type Life, NOW } from './lives.ts'
import { subscriptionAt } from './vendor.ts'

type Fields = Record<string, unknown>

/** What webhooks told of these lives from a time on, with coupons in full as endpoints of before 2025 send them. */
export function eventsSince(lives: readonly Life[], since: number): Fields[] {
  return lives.flatMap((life) => {
    const times = life.moves.map((move, index) => ({ time: move.at, kind: index === 0 ? 'created' : 'updated' }))
    const trial = life.trialEnd !== null && life.trialEnd < NOW && (life.end === null || life.trialEnd < life.end)
    const all = [
      ...times,
      ...(trial ? [{ time: life.trialEnd ?? 0, kind: 'updated' }] : []),
      ...(life.end === null ? [] : [{ time: life.end, kind: 'deleted' }]),
    ]
    return all
      .filter(({ time }) => time >= since)
      .map(({ time, kind }) => ({
        id: `evt_${life.subscription}_${time}_${kind}`,
        object: 'event',
        created: time,
        type: `customer.subscription.${kind}`,
        data: { object: withCoupon(subscriptionAt(life, time), life) },
      }))
  })
}

function withCoupon(object: Fields, { discount }: Life): Fields {
  const discounts = object['discounts'] as Fields[] // made above
  const coupon = {
    id: 'coupon',
    duration: discount?.months === null ? 'forever' : 'repeating',
    percent_off: discount?.percent,
  }
  return { ...object, discounts: discounts.map((each) => ({ ...each, coupon, source: undefined })) }
}
