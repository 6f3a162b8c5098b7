import { and, eq, inArray, isNull, notInArray } from 'drizzle-orm'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Role } from '../../db/domain/roles.ts'
import type { State } from '../../db/domain/states.ts'
import type { Db } from '../../db/open.ts'
import { documents, reports, settings, targets, units, users } from '../../db/schema/index.ts'

/** What a new office does first, in this order; each ticks itself by what is there. */
const STEPS = {
  office: {
    roles: ['admin'],
    isDone: (db) => isThere(db.select({ one: settings.key }).from(settings).where(eq(settings.key, 'office'))),
  },
  units: {
    roles: ['admin', 'supervisor'],
    isDone: (db) =>
      isThere(
        db
          .select({ one: units.id })
          .from(units)
          .where(and(eq(units.kind, 'unit'), isNull(units.archivedAt))),
      ),
  },
  people: { roles: ['admin'], isDone: (db) => hasPerson(db, 'supervisor') && hasPerson(db, 'reporter') },
  leaders: { roles: ['admin'], isDone: (db) => hasPerson(db, 'leader') },
  items: { roles: ['supervisor'], isDone: (db) => isThere(db.select({ one: documents.id }).from(documents)) },
  review: { roles: ['supervisor'], isDone: (db) => hasTarget(db, ['extracted', 'dropped', 'merged']) },
  assign: { roles: ['supervisor'], isDone: (db) => hasTarget(db, ['extracted', 'confirmed', 'dropped', 'merged']) },
  reports: {
    roles: ['supervisor'],
    isDone: (db) =>
      isThere(
        db
          .select({ one: reports.id })
          .from(reports)
          // what a ledger said when it was brought in was reviewed by nobody
          .where(and(inArray(reports.status, ['approved', 'returned']), isNull(reports.intakeId))),
      ),
  },
} as const satisfies Record<string, { roles: readonly Role[]; isDone: (db: Db) => boolean }>

const isThere = (query: { limit: (n: number) => { get: () => unknown } }): boolean => query.limit(1).get() !== undefined

const hasPerson = (db: Db, role: Role): boolean =>
  isThere(
    db
      .select({ one: users.id })
      .from(users)
      .where(and(eq(users.role, role), isNull(users.disabledAt))),
  )

/** Whether there is a target in another state than these. */
const hasTarget = (db: Db, states: readonly State[]): boolean =>
  isThere(
    db
      .select({ one: targets.id })
      .from(targets)
      .where(notInArray(targets.state, [...states])),
  )

const STEP_KEYS = Object.keys(STEPS) as [keyof typeof STEPS, ...(keyof typeof STEPS)[]]

/** 开始使用: the steps of the person's role that are done and those that are not. */
export const firstStepsRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/first-steps',
    {
      config: { roles: ['admin', 'supervisor'] },
      schema: {
        tags: ['批量导入'],
        summary: '开始使用：先做什么，后做什么，哪些已经做了',
        response: { 200: z.object({ steps: z.array(z.object({ key: z.enum(STEP_KEYS), done: z.boolean() })) }) },
      },
    },
    async ({ actor }) => ({
      steps: STEP_KEYS.flatMap((key) => {
        const { roles, isDone } = STEPS[key]
        return (roles as readonly Role[]).includes(actor.role) ? [{ key, done: isDone(app.db) }] : []
      }),
    }),
  )
}
