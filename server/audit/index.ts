import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'

/** Reading the audit log. */
export const auditArea: FastifyPluginAsyncZod = async (_app) => {}
