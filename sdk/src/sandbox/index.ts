export { answer } from './answer.ts'
export { NotRecordedError } from './not-recorded-error.ts'
