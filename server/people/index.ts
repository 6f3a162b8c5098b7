import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { unitRoutes } from './unit-routes.ts'
import { userRoutes } from './user-routes.ts'

/** Units with their names, and the people who sign in. */
export const peopleArea: FastifyPluginAsyncZod = async (app) => {
  await app.register(unitRoutes)
  await app.register(userRoutes)
}
