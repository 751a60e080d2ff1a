import type { Language } from '../../i18n/messages.ts'

const en = {
  kept: (value: string) => `${value} kept`,
  grown: (value: string) => `${value} grown`,
  lost: (value: string) => `${value} lost`,
  target: (value: string) => `target ${value}`,
  partKept: (value: string) => `Kept: ${value} of the opening MRR`,
  partGrown: (value: string) => `Grown: ${value} of the opening MRR`,
  partRoom: (value: string) => `Room to the target: ${value}`,
  summary: (term: string, value: string, period: string) => `${term} is ${value}, ${period}.`,
  summaryParts: (kept: string, grown: string) => `${kept} was kept and ${grown} was grown.`,
  summaryLost: (lost: string) => `${lost} was lost.`,
  summaryTarget: (target: string) => `The target is ${target}.`,
}

const ja: typeof en = {
  kept: (value) => `${value} 維持`,
  grown: (value) => `${value} 拡大`,
  lost: (value) => `${value} 減少`,
  target: (value) => `目標 ${value}`,
  partKept: (value) => `維持: 期首MRRの${value}`,
  partGrown: (value) => `拡大: 期首MRRの${value}`,
  partRoom: (value) => `目標までの伸びしろ: ${value}`,
  summary: (term, value, period) => `${term}は${value}です（${period}）。`,
  summaryParts: (kept, grown) => `維持が${kept}、拡大が${grown}です。`,
  summaryLost: (lost) => `減少は${lost}です。`,
  summaryTarget: (target) => `目標は${target}です。`,
}

/** What this widget says alone: it comes with the widget. */
export const gaugeWords: Record<Language, typeof en> = { en, ja }
