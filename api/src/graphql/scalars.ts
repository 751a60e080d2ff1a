import { GraphQLError } from 'graphql'
import { builder } from './builder.ts'

builder.scalarType('BigInt', {
  description: 'Whole number as a decimal string, exact at any size.',
  serialize: String,
  parseValue: (value) => {
    if (typeof value === 'string' && /^-?\d{1,40}$/.test(value)) return BigInt(value)
    throw new GraphQLError('A BigInt is a string of digits such as "1250".')
  },
})

builder.scalarType('CurrencyCode', {
  description: 'ISO 4217 code, e.g. USD, JPY.',
  parseValue: (value) => {
    if (typeof value === 'string' && /^[A-Z]{3}$/.test(value)) return value
    throw new GraphQLError('A CurrencyCode is an ISO 4217 code such as "USD".')
  },
})

builder.scalarType('Date', {
  description: "Calendar day, YYYY-MM-DD, in the tenant's time zone. A month is named by its first day.",
  parseValue: (value) => {
    if (typeof value === 'string' && isDay(value)) return value
    throw new GraphQLError('A Date is a calendar day such as "2026-04-01".')
  },
})

builder.scalarType('DateTime', {
  description: 'Instant, RFC 3339 in UTC.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value)))
      return new Date(value)
    throw new GraphQLError('A DateTime is an RFC 3339 instant such as "2026-04-01T00:00:00Z".')
  },
})

builder.scalarType('Decimal', {
  description: 'Decimal number as a string, exact.',
  parseValue: (value) => {
    if (typeof value === 'string' && /^-?\d{1,40}(\.\d{1,40})?$/.test(value)) return value
    throw new GraphQLError('A Decimal is a string such as "12.50".')
  },
})

builder.scalarType('JSONObject', { description: 'Flat JSON object, e.g. of account attributes.' })

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const instant = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value)
}
