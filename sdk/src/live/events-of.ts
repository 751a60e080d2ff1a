/** What server-sent events carry, parsed; comments and events without content are passed over. */
export async function* eventsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      text += decoder.decode(value, { stream: true })
      const blocks = text.split(/\r?\n\r?\n/)
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const data = /^data: ?(.+)$/m.exec(block)?.[1]
        if (data) yield JSON.parse(data)
      }
    }
  } finally {
    await reader.cancel().catch(() => {}) // it may have broken already
  }
}
