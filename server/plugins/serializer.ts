import type { FastifySerializerCompiler } from 'fastify/types/schema.js'
import { isResponseSerializationError, serializerCompiler } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { finiteOnly } from '../finite-only.ts'

/**
 * Writes answers by their schema. NaN and Infinity, which a row of an older version may hold, are sent as null, so that one
 * bad row does not make the whole page fail.
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
