import { DAY } from './calendar.ts'
import { randomOf } from './random.ts'
import type { Span, StripeWebhook } from './simulate.ts'

/**
 * Webhooks in the order in which they come in, which is not the one in which they happened: one in two hundred waits for an endpoint that
 * was down, up to three days, and one in three hundred comes twice. What has not arrived by `until` is still to come.
 */
export function arrivals(webhooks: Iterable<StripeWebhook>, { seed, until }: Span): StripeWebhook[] {
  const arriving = [...webhooks].flatMap((webhook) => {
    const random = randomOf(seed, `arrival ${webhook.id}`)
    const late = random.chance(1 / 200) ? random.between(0.1, 3) * DAY : 0
    const at = webhook.created.getTime() + late
    const again = random.chance(1 / 300) ? [{ at: at + random.between(0.01, 1) * DAY, webhook }] : []
    return [{ at, webhook }, ...again]
  })
  return arriving
    .filter(({ at }) => at <= until.getTime())
    .sort((a, b) => a.at - b.at || (a.webhook.id < b.webhook.id ? -1 : 1))
    .map(({ webhook }) => webhook)
}
