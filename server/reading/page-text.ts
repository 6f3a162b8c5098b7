import { gunzipSync, gzipSync } from 'node:zlib'
import type { FastifyReply } from 'fastify'
import { acceptsGzip, GZIP_LEVEL, LEAST_COMPRESSED } from '../gzip.ts'

/**
 * The answer of a page as JSON text. A reader thread compresses it where it was made, so that the main thread, through
 * which all answers go, moves a tenth of the bytes.
 */
export type PageText = string | { gzip: Uint8Array }

/** Compresses a text that is long enough to gain by it. */
export const compressed = (text: string): PageText =>
  text.length < LEAST_COMPRESSED ? text : { gzip: gzipSync(text, { level: GZIP_LEVEL }) }

/** The plain JSON text. */
export const plain = (text: PageText): string =>
  typeof text === 'string' ? text : gunzipSync(text.gzip).toString('utf8')

/**
 * Sends a page that was made by the schema of its route: as it was compressed where the client takes that, else as plain
 * text, which the plugin of compression may still compress.
 */
export function sendJson(reply: FastifyReply, text: PageText): never {
  reply.type('application/json; charset=utf-8')
  if (typeof text === 'string') return reply.send(text) as never
  reply.header('vary', 'accept-encoding')
  if (!acceptsGzip(reply.request.headers['accept-encoding'])) return reply.send(plain(text)) as never
  const { buffer, byteOffset, byteLength } = text.gzip
  return reply.header('content-encoding', 'gzip').send(Buffer.from(buffer, byteOffset, byteLength)) as never
}
