import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'

/** Units and users. */
export const peopleArea: FastifyPluginAsyncZod = async (_app) => {}
