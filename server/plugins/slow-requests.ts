import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

/** How often a request that is still coming in is looked at, in milliseconds. */
const LOOK_EVERY = 20_000
/** Bytes that must have come in between: a line of 2.5 KB/s. */
const LEAST_BYTES = 50_000

const REQUEST_TIMEOUT = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'

export interface SlowRequestOptions {
  lookEvery?: number
  leastBytes?: number
}

/**
 * The time of an upload follows its bytes: as long as they come it may take as long as it takes, and who sends next to
 * nothing is cut off. (Node's own limit is one time for every request, however large.)
 */
export const slowRequestsPlugin = fp(
  async (app: FastifyInstance, { lookEvery = LOOK_EVERY, leastBytes = LEAST_BYTES }: SlowRequestOptions) => {
    app.addHook('onRequest', async (request) => watch(request, lookEvery, leastBytes))
  },
  { name: 'slow-requests' },
)

function watch({ raw }: FastifyRequest, lookEvery: number, leastBytes: number): void {
  const { socket } = raw
  // A request without a body is there already; one of `inject` has no line that could be slow.
  if (raw.complete || raw.method === 'GET' || raw.method === 'HEAD' || !(socket?.bytesRead >= 0)) return
  let seen = socket.bytesRead
  const timer = setInterval(() => {
    if (raw.complete || raw.destroyed) return clearInterval(timer)
    // Whoever reads it may be the slow one: what waits in our buffers has come in.
    if (socket.bytesRead - seen < leastBytes && !socket.isPaused() && raw.readableLength === 0) {
      clearInterval(timer)
      if (socket.writable) socket.write(REQUEST_TIMEOUT)
      socket.destroySoon()
    }
    seen = socket.bytesRead
  }, lookEvery).unref()
  raw.once('close', () => clearInterval(timer))
}
