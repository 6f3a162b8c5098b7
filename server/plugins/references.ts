import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { inArray } from 'drizzle-orm'
import { PERSON_FIELDS } from '../../db/domain/target-fields.ts'
import type { Db } from '../../db/open.ts'
import { units, users } from '../../db/schema/index.ts'
import { type FieldError, Problem } from '../errors.ts'

/** Fields of bodies that name a record by its number; the same name means the same everywhere. */
const UNIT_FIELDS = new Set(['unitId', 'parentId', 'successorId'])
const NAMES_PERSON: ReadonlySet<string> = new Set(PERSON_FIELDS)

interface Reference {
  path: string
  id: number
}

/** 422: a field names a record that does not exist. */
const unknownReference = (errors: FieldError[]) =>
  new Problem(422, 'unknown-reference', '所选内容不存在', errors.map((e) => `${e.path}：${e.message}`).join('；'), {
    errors,
  })

/** Refuses a body that names units or people that do not exist, before anything is written. */
export const referencesPlugin = fp(
  async (app: FastifyInstance) => {
    app.addHook('preHandler', async (request) => {
      if (request.body === null || typeof request.body !== 'object') return
      const named = { units: [] as Reference[], people: [] as Reference[] }
      collect(request.body, '', named)
      const mistakes = [
        ...missing(named.units, knownIn(app.db, units, named.units), '单位'),
        ...missing(named.people, knownIn(app.db, users, named.people), '人员'),
      ]
      if (mistakes.length > 0) throw unknownReference(mistakes)
    })
  },
  { name: 'references' },
)

function collect(value: unknown, path: string, found: { units: Reference[]; people: Reference[] }): void {
  if (value === null || typeof value !== 'object') return
  for (const [key, part] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`
    if (typeof part !== 'number') collect(part, at, found)
    else if (UNIT_FIELDS.has(key)) found.units.push({ path: at, id: part })
    else if (NAMES_PERSON.has(key)) found.people.push({ path: at, id: part })
  }
}

function knownIn(db: Db, table: typeof units | typeof users, references: Reference[]): Set<number> {
  if (references.length === 0) return new Set()
  const ids = [...new Set(references.map(({ id }) => id))]
  const { id } = table
  return new Set(
    db
      .select({ id })
      .from(table as typeof units)
      .where(inArray(id, ids))
      .all()
      .map((row) => row.id),
  )
}

const missing = (references: Reference[], known: Set<number>, what: string): FieldError[] =>
  references.filter(({ id }) => !known.has(id)).map(({ path, id }) => ({ path, message: `没有编号为${id}的${what}` }))
