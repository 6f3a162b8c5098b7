import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { stepRoutes } from '../core/step-routes.ts'
import { attachmentRoutes } from './attachments.ts'
import { importReportRoutes } from './import-routes.ts'
import { REPORT_STEPS } from './steps.ts'

/** 填报 and 审核. */
export const reportsArea: FastifyPluginAsyncZod = async (app) => {
  stepRoutes(app, REPORT_STEPS)
  await app.register(attachmentRoutes)
  await app.register(importReportRoutes)
}
