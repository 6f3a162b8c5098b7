/** One failed call as the server told it (application/problem+json), or as the network did. */
export class ApiProblem extends Error {
  override name = 'ApiProblem'

  /**
   * @param status HTTP status, 0 where no answer came
   * @param code stable code of the server, or `offline`, `not-json`
   * @param title what went wrong, in Chinese
   * @param detail what to do about it, in Chinese
   * @param fields messages by path of the body
   * @param current the stored record, for a 409
   */
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail = '',
    readonly fields: Record<string, string> = {},
    readonly current: unknown = null,
  ) {
    super(detail ? `${title}：${detail}` : title)
  }
}

interface ProblemBody {
  title?: unknown
  code?: unknown
  detail?: unknown
  errors?: unknown
  current?: unknown
}

const text = (value: unknown, fallback: string) => (typeof value === 'string' && value !== '' ? value : fallback)

function fieldMessages(errors: unknown): Record<string, string> {
  const found: Record<string, string> = {}
  if (!Array.isArray(errors)) return found
  for (const entry of errors as { path?: unknown; message?: unknown }[]) {
    const path = Array.isArray(entry.path) ? entry.path.join('.') : text(entry.path, '')
    found[path.replace(/^body\./, '')] = text(entry.message, '不合要求')
  }
  return found
}

const FALLBACK: Record<number, [string, string]> = {
  403: ['没有权限', '您的账号不能查看或办理这一项，如有需要请联系督查室。'],
  404: ['没有找到', '它可能已被移走，或者链接不完整。'],
  413: ['文件太大', '请压缩或拆分后再试。'],
  429: ['操作过于频繁', '请稍候再试。'],
  503: ['服务正忙', '请稍后再试。'],
}

/** Reads a problem out of an answer's parsed body; never throws. */
export function toProblem(status: number, body: unknown): ApiProblem {
  const [title, detail] = FALLBACK[status] ?? ['办理没有成功', '请重试；如果一直这样，请把时间和页面告诉管理员。']
  if (typeof body !== 'object' || body === null) return new ApiProblem(status, 'not-json', title, detail)
  const problem = body as ProblemBody
  return new ApiProblem(
    status,
    text(problem.code, 'unknown'),
    text(problem.title, title),
    text(problem.detail, detail),
    fieldMessages(problem.errors),
    problem.current ?? null,
  )
}

/** The network gave no answer. */
export const offline = () =>
  new ApiProblem(0, 'offline', '连接不上服务器', '请检查网络，已填写的内容仍在页面上，恢复后可重试。')

/** Whatever was caught, as a problem that can be shown. */
export function asProblem(caught: unknown): ApiProblem {
  if (caught instanceof ApiProblem) return caught
  return new ApiProblem(0, 'unexpected', '页面出了差错', caught instanceof Error ? caught.message : String(caught))
}
