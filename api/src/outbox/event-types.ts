/** What can be listened to. `webhook.test` goes to the endpoint that asked, whatever it listens to. */
export const EVENT_TYPES = ['month.closed', 'month.restated', 'target.crossed', 'sessions.denied'] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** Ids, exact decimals and links; nothing about persons. */
export type EventData = { [name: string]: string | number | boolean | null | EventData | EventData[] }
