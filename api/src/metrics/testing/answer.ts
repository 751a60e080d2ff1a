import { type Month, monthOf } from '../../facts/month.ts'
import { everyAccount } from '../../facts/scope.ts'
import type { FactWhere } from '../../facts/slice.ts'
import { aStore, type Change, NOW, type StoreSketch } from '../../facts/testing/a-store.ts'
import { evaluate } from '../evaluate.ts'
import type { MetricKey } from '../registry.ts'
import type { ViewAsked } from '../view.ts'

/** One case of a metric: what happened, and the value of December 2024 or the reason why there is none. */
export type Case = [title: string, changes: Change[], expected: string, asked?: Asked]
export type Asked = {
  at?: string
  months?: number
  window?: number
  where?: FactWhere
  currency?: string
  view?: ViewAsked
} & Pick<StoreSketch, 'accounts' | 'outlook' | 'logos' | 'usage' | 'told' | 'spend' | 'costs' | 'rates'>

export function answer(key: MetricKey, changes: readonly Change[], asked: Asked = {}): string {
  const { at = '2024-12-01', months = 1, window, where, currency, view, ...sketch } = asked
  const store = aStore({ changes, ...sketch })
  const end: Month = monthOf(at) + 1
  const range = { start: end - months, end }
  const query = { scope: everyAccount(store), now: NOW, keys: [key], range, window, where, currency, view }
  const total = evaluate(store, query)[0]?.total
  return total?.value ?? total?.reason ?? 'nothing'
}
