import { asc, eq } from 'drizzle-orm'
import { shanghaiDate } from '../../db/domain/dates.ts'
import { corrected } from '../../db/domain/ranking.ts'
import type { Db } from '../../db/open.ts'
import { rankingAppeals, rankings, units, users } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { readWorkingDays } from '../core/working-days.ts'
import type { Figures } from '../counting/figures-schemas.ts'
import { DEFAULT_SETTINGS } from '../rules/settings.ts'
import type { Appeal, RankingAnswer } from './schemas.ts'

type Frozen = typeof rankings.$inferSelect
type Published = Omit<RankingAnswer, 'title'>

/** The ranking that was frozen with the bulletin of a period; undefined before that. */
export const frozenRanking = (db: Db, period: string): Frozen | undefined =>
  db.select().from(rankings).where(eq(rankings.period, period)).get()

/** Last day (Shanghai) on which a unit may appeal against a ranking. */
export function appealsUntil(db: Db, frozen: Frozen): string {
  const days = (frozen.formula as { appealDays?: number }).appealDays ?? DEFAULT_SETTINGS.ranking.appealDays
  return readWorkingDays(db).after(shanghaiDate(new Date(frozen.frozenAt)), days)
}

/**
 * A published ranking as the person may see it: rows and formula as they were frozen, what 申诉 have put right beside them,
 * and the appeals themselves: the own ones of a unit, all of them for everybody else.
 */
export function publishedRanking(db: Db, frozen: Frozen, actor: Pick<Actor, 'role' | 'unitId'>): Published {
  const { text, asOf, ...formula } = frozen.formula as Figures['formula'] & { text: string; asOf: string }
  const rows = frozen.rows as Figures['ranking']
  const appeals = appealsAgainst(db, frozen.id)
  const scores = new Map(
    appeals.flatMap(({ unit, correctedScore }) =>
      correctedScore === null ? [] : [[unit.id, correctedScore] as const],
    ),
  )
  return {
    period: frozen.period,
    asOf,
    frozenAt: frozen.frozenAt,
    appealUntil: appealsUntil(db, frozen),
    formula,
    formulaText: text,
    rows,
    corrections: [
      ...corrected(
        rows.map((row) => ({ ...row, group: row.group ?? null })),
        scores,
      ),
    ].map(([unitId, standing]) => ({ unitId, ...standing })),
    appeals: actor.role === 'reporter' ? appeals.filter(({ unit }) => unit.id === actor.unitId) : appeals,
  }
}

/** The appeals against a ranking, oldest first. */
function appealsAgainst(db: Db, rankingId: number): Appeal[] {
  const names = new Map(
    db
      .select({ id: users.id, displayName: users.displayName })
      .from(users)
      .all()
      .map((user) => [user.id, user]),
  )
  return db
    .select({ appeal: rankingAppeals, unit: { id: units.id, name: units.name } })
    .from(rankingAppeals)
    .innerJoin(units, eq(units.id, rankingAppeals.unitId))
    .where(eq(rankingAppeals.rankingId, rankingId))
    .orderBy(asc(rankingAppeals.id))
    .all()
    .map(({ appeal, unit }) => ({
      ...appeal,
      unit,
      askedBy: names.get(appeal.askedBy) ?? null,
      answeredBy: appeal.answeredBy === null ? null : (names.get(appeal.answeredBy) ?? null),
    }))
}
