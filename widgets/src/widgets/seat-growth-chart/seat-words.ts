import type { Messages } from '../../i18n/en.ts'
import type { Language } from '../../i18n/messages.ts'

const en = {
  seats: {
    title: 'Seats',
    subtitle: 'Purchased by plan, active, and room to grow',
    subtitlePurchased: 'Purchased by plan',
    purchased: 'purchased',
    active: 'active',
    room: 'room to grow',
    otherPlans: 'Other plans',
    landings: 'Landed and expanded',
    landing: (before: string, after: string) => `${before} → ${after}`,
    multiple: (value: string) => `Accounts hold ${value} the seats they landed with`,
    summary: (purchased: string, month: string) => `${purchased} seats are purchased in ${month}.`,
    summaryActive: (active: string, room: string) => `${active} are active, ${room} are room to grow.`,
    point: (month: string, purchased: string) => `${month}: ${purchased} purchased`,
    pointActive: (active: string, room: string) => `${active} active, ${room} room`,
    columnMonth: 'Month',
    columnPurchased: 'Purchased',
    columnActive: 'Active',
    emptyTitle: 'No seats yet',
    empty: 'They appear with the first subscription that counts seats.',
  },
}

const ja: typeof en = {
  seats: {
    title: 'シート数',
    subtitle: 'プラン別の契約数・利用数・伸びしろ',
    subtitlePurchased: 'プラン別の契約数',
    purchased: '契約',
    active: '利用中',
    room: '伸びしろ',
    otherPlans: 'その他のプラン',
    landings: '小さく始まり、広がった',
    landing: (before, after) => `${before} → ${after}`,
    multiple: (value) => `シート数は開始時の${value.replace('×', '')}倍`,
    summary: (purchased, month) => `${month}の契約シートは${purchased}です。`,
    summaryActive: (active, room) => `利用中は${active}、伸びしろは${room}です。`,
    point: (month, purchased) => `${month}: 契約 ${purchased}`,
    pointActive: (active, room) => `利用中 ${active}、伸びしろ ${room}`,
    columnMonth: '月',
    columnPurchased: '契約',
    columnActive: '利用中',
    emptyTitle: 'シートはまだありません',
    empty: 'シート数のある最初の契約から表示されます。',
  },
}

/** What this widget says alone: it comes with the widget. */
export const seatWords: Record<Language, typeof en> = { en, ja }

/** All that it says. */
export type SeatText = Messages & typeof en

export const seatText = (text: Messages, language: Language): SeatText => ({ ...text, ...seatWords[language] })
