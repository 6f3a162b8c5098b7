/**
 * What pdfjs takes for granted, and its own legacy build does not bring along, in browsers from Chromium 87 on.
 * Imported before pdfjs, by the page and by its worker.
 */
if (!('bytes' in Response.prototype)) {
  // Chromium 132
  Object.defineProperty(Response.prototype, 'bytes', {
    configurable: true, writable: true,
    async value(this: Response) { return new Uint8Array(await this.arrayBuffer()) },
  })
}

if (!(Symbol.asyncIterator in ReadableStream.prototype)) {
  // Chromium 124
  Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
    configurable: true, writable: true,
    async* value(this: ReadableStream<unknown>) {
      const reader = this.getReader()
      try {
        for (;;) {
          const { done, value } = await reader.read()
          if (done) return
          yield value
        }
      } finally {
        reader.releaseLock()
      }
    },
  })
}
