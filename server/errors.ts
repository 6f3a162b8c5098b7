/**
 * Every refusal that a caller can do something about is a {@link Problem}; anything else that is thrown becomes a
 * generic 500 and goes to the log. Shape: RFC 9457, with a stable `code` to switch on and Chinese words to show.
 */
import { z } from 'zod'

/** One wrong field: `path` as in the request (`reports.0.value`), `message` in Chinese. */
export interface FieldError {
  path: string
  message: string
}

interface ProblemExtra {
  errors?: FieldError[]
  /** 409: the record as it is stored now. */
  current?: unknown
  /** Seconds to wait before trying again, sent as Retry-After. */
  retryAfter?: number
}

/** A refusal with an HTTP status (4xx, or 503), a stable kebab-case code, a Chinese title and what to do about it. */
export class Problem extends Error {
  override name = 'Problem'
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly extra: ProblemExtra = {},
  ) {
    super(`${code}: ${detail}`)
  }
}

/** 404. `what` is the Chinese name of the thing: 目标, 文件. The same answer where a person may not see it. */
export const notFound = (what: string) =>
  new Problem(404, 'not-found', '找不到', `没有这个${what}，可能已被删除，或不属于您的单位。`)

/** 409: somebody else changed the record since it was read; `current` is what is stored now. */
export const conflict = (current: unknown) =>
  new Problem(
    409,
    'version-conflict',
    '内容已被他人修改',
    '这条记录在您打开之后已被他人修改，请核对最新内容后再提交。',
    { current },
  )

/** 409: the step is not possible in the record's present state. */
export const wrongState = (detail: string) => new Problem(409, 'wrong-state', '当前状态不能办理', detail)

/** 400: input that the schema lets pass but that cannot be right; name each field. */
export const invalid = (errors: FieldError[]) =>
  new Problem(400, 'invalid-input', '填写有误', errors.map((error) => error.message).join('；'), { errors })

/** 403 */
export const forbidden = (detail = '您的角色不能进行此操作。') => new Problem(403, 'forbidden', '没有权限', detail)

/** 401 */
export const notSignedIn = () => new Problem(401, 'not-signed-in', '未登录', '请先登录。')

/** The answer's schema, the same for every route; {@link server/plugins/errors.ts} adds it to each. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    current: z.unknown().optional(),
  })
  .meta({ id: 'Problem' })

type ProblemBody = z.infer<typeof problemSchema>

/** A problem as it is sent. */
export function problemBody(problem: Problem): ProblemBody {
  const { errors, current } = problem.extra
  return {
    type: `urn:zhengbiao:problem:${problem.code}`,
    title: problem.title,
    status: problem.status,
    code: problem.code,
    detail: problem.detail,
    ...(errors ? { errors } : {}),
    ...(current === undefined ? {} : { current }),
  }
}
