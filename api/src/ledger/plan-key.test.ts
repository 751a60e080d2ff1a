import { expect, it } from 'vitest'
import { planKey, planLabel } from './plan-key.ts'

it.each([
  ['Pro', null, 'pro', 'Pro'],
  ['Pro annual', null, 'pro', 'Pro'],
  ['Pro (monthly)', null, 'pro', 'Pro'],
  ['Pro / month', null, 'pro', 'Pro'],
  ['プロ 月額', null, 'プロ', 'プロ'],
  ['Business Plus yearly USD', null, 'business-plus', 'Business Plus'],
  [null, 'pro_monthly_2025', 'pro', 'pro'],
  ['Monthly', 'team_monthly', 'team', 'team'],
  ['Yearly', null, '', ''],
  [null, null, '', ''],
])('nickname %s and lookup key %s name the plan "%s"', (nickname, lookupKey, key, label) => {
  expect([planKey(nickname, lookupKey), planLabel(nickname, lookupKey)]).toEqual([key, label])
})
