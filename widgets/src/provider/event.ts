import type { DateRange, ErrorCode, FactWhere, SessionState } from '@nobishiro/sdk'

/** What the provider tells the host through `onEvent`: once per fault, once per change. */
export type NobishiroEvent =
  | { type: 'error'; code: ErrorCode | 'UNEXPECTED'; message: string; requestId: string | null; error: unknown }
  | { type: 'session'; state: SessionState }
  | { type: 'range'; range: DateRange | undefined }
  | { type: 'filter'; filter: FactWhere | undefined }
  | { type: 'explain'; metric: string }
