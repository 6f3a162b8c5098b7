import type { FastifySerializerCompiler } from 'fastify/types/schema.js'
import { isResponseSerializationError, serializerCompiler } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { finiteOnly } from '../finite-only.ts'

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
