/** A supported event whose content we do not count. Not a failure: it is stored, with the reason. */
export class NotCounted extends Error {
  override readonly name = 'NotCounted'
}
