import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { type FieldError, invalid } from '../errors.ts'
import { hasControls, isOneLine } from '../printable.ts'

/** Fields of one line: what stands in them stands in lists, file names, mails and tables. */
const ONE_LINE = new Set([
  'aliases',
  'baselinePeriod',
  'baselineUnit',
  'displayName',
  'indicator',
  'label',
  'name',
  'number',
  'shortName',
  'title',
  'unit',
  'username',
])
/** Taken as they are: they are hashed or compared and never shown. */
const SECRETS = new Set(['password', 'current', 'next', 'code'])

/** Most mistakes that one answer names. */
const MOST = 20

/**
 * Refuses texts with signs that nobody can type and no file can hold (NUL and the other controls), and line breaks where a
 * name is meant: one rule for every body, query and path, before any schema.
 */
export const cleanInputPlugin = fp(
  async (app: FastifyInstance) => {
    app.addHook('preValidation', async (request) => {
      const mistakes: FieldError[] = []
      for (const part of [request.params, request.query, request.body]) look(part, '', '', mistakes)
      if (mistakes.length > 0) throw invalid(mistakes.slice(0, MOST))
    })
  },
  { name: 'clean-input' },
)

function look(value: unknown, path: string, name: string, mistakes: FieldError[]): void {
  if (typeof value === 'string') {
    if (SECRETS.has(name)) return
    if (hasControls(value)) mistakes.push({ path, message: '含有不可见的控制字符，请删除后重试' })
    else if (ONE_LINE.has(name) && !isOneLine(value.trim()))
      mistakes.push({ path, message: '不能换行或含有方向控制字符' })
    return
  }
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return
  for (const [key, part] of Object.entries(value)) {
    if (hasControls(key)) mistakes.push({ path, message: '名称含有不可见的控制字符' })
    // What stands in a list is named as the list is.
    look(part, path === '' ? key : `${path}.${key}`, Array.isArray(value) ? name : key, mistakes)
  }
}
