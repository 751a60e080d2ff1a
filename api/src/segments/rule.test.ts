import { describe, expect, it } from 'vitest'
import { checkRule, type RuleInput } from './rule.ts'

const check = (rule: RuleInput) => checkRule(rule, 'USD', 'input.rule')
const deep = (levels: number): RuleInput => (levels === 1 ? { seats: { min: 1 } } : { not: deep(levels - 1) })

describe('a rule', () => {
  it('is kept as it was written, without what was left out', () => {
    const rule = {
      all: [
        { attribute: { key: 'country', in: ['JP', null] } },
        { any: [{ mrr: { min: '1000' } }, { seats: { min: 10, below: 50 } }] },
        { not: { firstPaid: { before: '2025-01-01' } } },
      ],
    }
    expect(check({ ...rule, any: null, mrr: undefined })).toEqual(rule)
    expect(check(deep(5))).toEqual(deep(5))
  })

  it.each<[RuleInput, string]>([
    [{}, 'input.rule has no field; a rule has exactly one of all, any, not, attribute'],
    [{ seats: { min: 1 }, region: ['JP'] }, 'input.rule has both region and seats'],
    [{ all: [] }, 'input.rule.all is empty.'],
    [{ all: [{ seats: { min: 1 } }, { any: [{}] }] }, 'input.rule.all[1].any[0] has no field'],
    [{ not: { mrr: {} } }, 'input.rule.not.mrr has neither min nor below.'],
    [{ mrr: { min: '1.234' } }, 'input.rule.mrr.min is "1.234"; accepted: an amount of USD'],
    [{ mrr: { min: '20', below: '10' } }, 'input.rule.mrr lets nothing through: min is not less than below.'],
    [{ mrr: { min: '9', below: '10.00' }, planId: ['p'] }, 'input.rule has both planId and mrr'],
    [{ firstPaid: {} }, 'input.rule.firstPaid has neither from nor before.'],
    [
      { firstPaid: { from: '2025-01-15' } },
      'input.rule.firstPaid.from is 2025-01-15; accepted: the first day of a month.',
    ],
    [{ firstPaid: { from: '2025-02-01', before: '2025-01-01' } }, 'input.rule.firstPaid lets nothing through'],
    [{ attribute: { key: '', in: ['x'] } }, 'input.rule.attribute.key names no attribute.'],
    [
      { accountIds: Array.from({ length: 501 }, String) },
      'input.rule.accountIds has 501 entries; at most 500 are accepted.',
    ],
    [deep(6), 'input.rule.not.not.not.not.not is 6 deep; rules nest at most 5 deep.'],
    [{ any: Array.from({ length: 50 }, () => ({ seats: { min: 1 } })) }, 'input.rule holds more than 50 rules.'],
  ])('that cannot hold is refused with its place: %j', (rule, message) => {
    expect(() => check(rule)).toThrow(message)
  })
})
