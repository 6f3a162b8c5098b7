/**
 * What pdfjs takes for granted, and its own legacy build does not bring along, in browsers from Chromium 87 on.
 * Imported before pdfjs, by the page and by its worker. Each part goes when the oldest browser has it.
 */
const add = (to: object, name: PropertyKey, value: unknown) => {
  if (!(name in to)) Object.defineProperty(to, name, { configurable: true, writable: true, value })
}

// Chromium 92
const TypedArray: unknown = Object.getPrototypeOf(Int8Array.prototype)
for (const prototype of [Array.prototype, String.prototype, TypedArray as object]) {
  add(prototype, 'at', function at(this: ArrayLike<unknown>, index: number) {
    const from = Math.trunc(index) || 0
    return this[from < 0 ? this.length + from : from]
  })
}

// Chromium 97
for (const prototype of [Array.prototype, TypedArray as object]) {
  add(
    prototype,
    'findLast',
    function findLast(this: ArrayLike<unknown>, test: (value: unknown, index: number, all: unknown) => unknown) {
      for (let index = this.length - 1; index >= 0; index -= 1) if (test(this[index], index, this)) return this[index]
      return undefined
    },
  )
}

// Chromium 124
add(ReadableStream.prototype, Symbol.asyncIterator, async function* values(this: ReadableStream<unknown>) {
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
})

// Chromium 132
add(Response.prototype, 'bytes', async function bytes(this: Response) {
  return new Uint8Array(await this.arrayBuffer())
})
