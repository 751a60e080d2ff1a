/** COPY itself, for the benchmark that sets us beside it. */
export { copyIn } from './copy-in.ts'
export { copyText } from './copy-text.ts'
export { CopyingClient } from './copying-client.ts'
