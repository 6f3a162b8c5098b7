import type { FastifySerializerCompiler } from 'fastify/types/schema.js'
import { isResponseSerializationError, serializerCompiler } from 'fastify-type-provider-zod'
import type { z } from 'zod'

/**
 * Writes answers by their schema. A number without end or NaN, which a row of an older version may hold, is said as null:
 * the field is empty then, and the page with all its other rows is there.
 */
export const tolerantSerializer: FastifySerializerCompiler<z.ZodType> = (route) => {
  const write = serializerCompiler(route as never)
  return (data: unknown) => {
    try {
      return write(data)
    } catch (error) {
      const mended = isResponseSerializationError(error) ? finiteOnly(data) : data
      if (mended === data) throw error
      return write(mended)
    }
  }
}

/** The same data with null in the place of every number that is none; the very same object where there is nothing to mend. */
function finiteOnly(data: unknown): unknown {
  if (typeof data === 'number') return Number.isFinite(data) ? data : null
  if (data === null || typeof data !== 'object') return data
  const entries = Object.entries(data)
  const mended = entries.map(([key, value]) => [key, finiteOnly(value)] as const)
  if (mended.every(([, value], i) => value === entries[i]![1])) return data
  return Array.isArray(data) ? mended.map(([, value]) => value) : Object.fromEntries(mended)
}
