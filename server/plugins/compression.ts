import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { acceptsGzip, GZIP_LEVEL, LEAST_COMPRESSED } from '../gzip.ts'

const pack = promisify(gzip)

/**
 * Compresses texts that are read, beside the main thread, where the client takes it. Only what is asked for by GET: a
 * secret that is shown once is the answer to a POST, and the length of a compressed answer would tell of it (BREACH).
 */
export const compressionPlugin = fp(
  async (app: FastifyInstance) => {
    app.addHook('onSend', async (request, reply, payload) => {
      if (request.method !== 'GET' || typeof payload !== 'string' || payload.length < LEAST_COMPRESSED) return payload
      reply.header('vary', 'accept-encoding')
      if (!acceptsGzip(request.headers['accept-encoding'])) return payload
      reply.header('content-encoding', 'gzip')
      return pack(payload, { level: GZIP_LEVEL })
    })
  },
  { name: 'compression' },
)
