import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { firstStepsRoutes } from './first-steps.ts'
import { intakeRoutes } from './routes.ts'
import { IntakeRunner } from './runner.ts'
import { startingSetRoutes } from './starting-set-routes.ts'

/** 批量导入: units, people and a ledger from lists, and what a new office does first. */
export const intakeArea: FastifyPluginAsyncZod = async (app) => {
  const runner = new IntakeRunner(app.db)
  app.addHook('onClose', () => runner.close())
  await app.register(intakeRoutes('units', ['admin', 'supervisor'], runner))
  await app.register(intakeRoutes('people', ['admin'], runner))
  await app.register(intakeRoutes('ledger', ['supervisor'], runner))
  await app.register(startingSetRoutes(runner))
  await app.register(firstStepsRoutes)
}
