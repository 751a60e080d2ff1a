import type { Price } from '../../../../ledger/price.ts'
import { PayloadError } from '../../../payload/payload-error.ts'
import { amount, type Cursor, field, isObject, reference } from '../cursor.ts'
import { inCurrency } from '../items.ts'
import { priceIdOf } from '../line-parts.ts'
import { isoMinor } from '../minor-units.ts'
import { NotCounted } from '../not-counted.ts'
import { type PricedObject, readPrice } from '../price.ts'

/** The price of a line; `guessed` where no price object is left and the line itself has to say it. */
export type LinePrice = { priced: PricedObject; guessed: boolean }

/** What a line was charged by: its price, its plan of older versions, or what its own amount and period tell. */
export function readLinePrice(line: Cursor, currency: string, days: number): LinePrice | null {
  const details = field(field(line, 'pricing'), 'price_details')
  const object = [field(details, 'price'), field(line, 'price'), field(line, 'plan')].find(isObject)
  if (object !== undefined) {
    try {
      return { priced: inCurrency(readPrice(object, currency), object, currency), guessed: false }
    } catch (error) {
      if (!(error instanceof NotCounted || error instanceof PayloadError)) throw error
    }
  }
  const price = priceIdOf(line)
  const product = reference(field(details, 'product')) ?? price
  const unitAmount = amount(field(field(line, 'pricing'), 'unit_amount_decimal'))
  const interval = intervalOf(days)
  if (price === undefined || product === undefined || unitAmount === undefined || !interval) return null
  const pricing: Price = {
    currency,
    scheme: 'PER_UNIT',
    unitAmount: isoMinor(unitAmount, currency),
    ...interval,
    usage: 'LICENSED',
  }
  return { priced: { price, product, pricing }, guessed: true }
}

/** How often a full period comes again. */
function intervalOf(days: number): Pick<Price, 'interval' | 'intervalCount'> | null {
  const months = Math.round(days / 30.4375)
  if (months >= 12 && months % 12 === 0) return { interval: 'YEAR', intervalCount: months / 12 }
  if (months >= 1 && days >= 28) return { interval: 'MONTH', intervalCount: months }
  if (days >= 7 && days % 7 === 0) return { interval: 'WEEK', intervalCount: days / 7 }
  return days >= 1 && days < 7 ? { interval: 'DAY', intervalCount: days } : null
}
