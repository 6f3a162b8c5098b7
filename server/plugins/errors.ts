import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { OverLimit } from '../bounded-thread.ts'
import { diskProblem, isDiskFault } from '../disk.ts'
import { Problem, problemBody, problemSchema, type FieldError } from '../errors.ts'

z.config({
  ...z.locales.zhCN(),
  // A person reads this beside a field, where "expected number, received undefined" says nothing.
  customError: (issue) => (issue.code === 'invalid_type' && issue.input === undefined ? '此项必填' : undefined),
})

/** What the framework itself refuses, by its status. */
const FRAMEWORK: Record<number, [code: string, title: string, detail: string]> = {
  400: ['bad-request', '请求有误', '请求的格式不正确，请刷新页面后重试。'],
  404: ['not-found', '找不到', '没有这个地址。'],
  405: ['method-not-allowed', '不支持的操作', '这个地址不支持该操作。'],
  413: ['too-large', '内容过大', '提交的内容超过上限。'],
  415: ['unsupported-media-type', '不支持的格式', '请以 JSON 提交。'],
  429: ['too-many-requests', '操作过于频繁', '请稍候再试。'],
  503: ['overloaded', '系统繁忙', '系统正忙，请稍候再试。'],
}

/**
 * Answers every error as application/problem+json and adds the schema of that answer to each route.
 * What went wrong inside is in the log only.
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export const errorsPlugin = fp(
  async (app: FastifyInstance) => {
    app.addHook('onRoute', (route) => {
      route.schema ??= {}
      route.schema.response = {
        ...(route.schema.response as object | undefined),
        '4xx': problemSchema,
        '5xx': problemSchema,
      }
    })

    app.setErrorHandler(sendProblem)
  },
  { name: 'errors' },
)

/** Sends an error as a problem; also for what is refused before a route is found (`frameworkErrors`). */
export function sendProblem(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const problem = toProblem(error)
  if (problem.status >= 500 && !(error instanceof Problem)) request.log.error({ err: error }, 'request failed')
  else request.log.info({ code: problem.code, status: problem.status }, 'request refused')
  if (problem.extra.retryAfter !== undefined) reply.header('retry-after', String(problem.extra.retryAfter))
  reply.code(problem.status).type('application/problem+json').send(problemBody(problem))
}

function toProblem(error: FastifyError): Problem {
  if (error instanceof Problem) return error
  if (isDiskFault(error)) return diskProblem()
  if (error instanceof OverLimit)
    return new Problem(503, 'overloaded', '系统繁忙', '处理用时过长，请稍候再试。', { retryAfter: 30 })
  if (error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY')
    return new Problem(422, 'unknown-reference', '所选内容不存在', '所选的内容不存在或刚被删除，请刷新页面后重试。')
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors: FieldError[] = error.validation.map((issue) => ({
      path: issue.instancePath.replace(/^\//, '').replaceAll('/', '.'),
      message: issue.message ?? '填写有误',
    }))
    return new Problem(
      400,
      'invalid-input',
      '填写有误',
      errors.map((e) => (e.path ? `${e.path}：${e.message}` : e.message)).join('；'),
      { errors },
    )
  }
  const status = isResponseSerializationError(error) ? 500 : (error.statusCode ?? 500)
  const known = FRAMEWORK[status]
  if (known) return new Problem(status, ...known)
  if (status >= 400 && status < 500)
    return new Problem(status, 'bad-request', '请求有误', '请求的格式不正确，请刷新页面后重试。')
  return new Problem(500, 'internal', '系统出错', '系统内部出错，操作没有生效；请稍后重试，仍不行请联系管理员。')
}
