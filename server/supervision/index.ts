import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { instructionRoutes } from './instructions/routes.ts'
import { listRoutes } from './list-routes.ts'
import { proposalRoutes } from './proposal-routes.ts'
import { stepRoutes } from '../core/step-routes.ts'
import { assign, reassign, recall, sign } from './steps/assign.ts'
import { breakDown, recordPart } from './steps/break-down.ts'
import { close, meet, reopen, setLight } from './steps/close.ts'
import { answerOrder, closeOrder, issueOrder } from './steps/orders.ts'
import { fill } from './steps/fill.ts'
import { closeProblem, raiseProblem, rectifyProblem, rejectProblem } from './steps/problems.ts'
import { askChange, askExtension, askSuspension, grant, refuse, resume, withdrawRequest } from './steps/requests.ts'
import { instruct, urge } from './steps/urge.ts'

/** Every step of this area. */
export const SUPERVISION_STEPS = [
  assign,
  reassign,
  recall,
  sign,
  breakDown,
  recordPart,
  fill,
  urge,
  instruct,
  issueOrder,
  answerOrder,
  closeOrder,
  raiseProblem,
  rectifyProblem,
  closeProblem,
  rejectProblem,
  setLight,
  askExtension,
  askSuspension,
  askChange,
  withdrawRequest,
  grant,
  refuse,
  resume,
  meet,
  close,
  reopen,
]

/** 督查: from 交办 to 销号. */
export const supervisionArea: FastifyPluginAsyncZod = async (app) => {
  stepRoutes(app, SUPERVISION_STEPS)
  await app.register(listRoutes)
  await app.register(instructionRoutes)
  await app.register(proposalRoutes)
}
