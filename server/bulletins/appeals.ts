import { and, eq } from 'drizzle-orm'
import { shanghaiDate } from '../../db/domain/dates.ts'
import { periodTitle } from '../../db/domain/period.ts'
import { APPEAL_STATUS_TITLES, type AppealStatus } from '../../db/domain/ranking.ts'
import type { Db } from '../../db/open.ts'
import { rankingAppeals, rankings, units } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import type { Actor } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { notify } from '../core/notify.ts'
import type { Figures } from '../counting/figures-schemas.ts'
import { conflict, invalid, notFound, wrongState } from '../errors.ts'
import { appealsUntil, frozenRanking } from './rankings.ts'

/**
 * 申诉 of a unit against its place in the published ranking of a period: once, within the working days that the formula
 * gave. The ranking stays as it was frozen; what is put right stands beside it.
 */
export function appeal(db: Db, actor: Actor, period: string, text: string): void {
  inTransaction(db, (tx) => {
    const frozen = frozenRanking(tx, period)
    const unitId = actor.unitId
    const ranked = frozen !== undefined && (frozen.rows as Figures['ranking']).some((row) => row.unitId === unitId)
    if (frozen === undefined || unitId === null || !ranked) throw notFound('该期排名')
    const until = appealsUntil(tx, frozen)
    if (shanghaiDate(new Date(actor.at)) > until) throw wrongState(`申诉期已于${until}结束。`)
    const own = and(eq(rankingAppeals.rankingId, frozen.id), eq(rankingAppeals.unitId, unitId))
    if (tx.select({ id: rankingAppeals.id }).from(rankingAppeals).where(own).get())
      throw wrongState('本单位对这一期排名已经申诉过，每期只能申诉一次。')
    tx.insert(rankingAppeals).values({ rankingId: frozen.id, unitId, text, askedBy: actor.id, askedAt: actor.at }).run()
    appendAudit(tx, actor, 'ranking.appeal', 'ranking', frozen.id, null, { period, unitId, text })
    const unit = tx.select({ name: units.name }).from(units).where(eq(units.id, unitId)).get()
    notify(tx, {
      kind: 'appeal',
      causeKey: `appeal:${period}:${unitId}`,
      text: `${unit?.name ?? ''}对${periodTitle(period)}考核排名提出申诉：${text}`,
      at: actor.at,
      to: { office: true },
    })
  })
}

interface AppealAnswer {
  status: Exclude<AppealStatus, 'asked'>
  answer: string
  /** The score that should have been, where the appeal is upheld and points change. */
  correctedScore: number | null
}

/** The office answers; 409 where somebody else has since `version`. @returns the period of the ranking */
export function answerAppeal(db: Db, actor: Actor, id: number, version: number, given: AppealAnswer): string {
  if (given.status === 'rejected' && given.correctedScore !== null)
    throw invalid([{ path: 'correctedScore', message: '维持原结果的，不填更正后的得分' }])
  return inTransaction(db, (tx) => {
    const found = tx
      .select({ appeal: rankingAppeals, period: rankings.period })
      .from(rankingAppeals)
      .innerJoin(rankings, eq(rankings.id, rankingAppeals.rankingId))
      .where(eq(rankingAppeals.id, id))
      .get()
    if (!found) throw notFound('申诉')
    const { appeal: before, period } = found
    if (before.version !== version) throw conflict(before)
    if (before.status !== 'asked') throw wrongState('该申诉已经答复。')
    tx.update(rankingAppeals)
      .set({ ...given, answeredBy: actor.id, answeredAt: actor.at, version: version + 1 })
      .where(eq(rankingAppeals.id, id))
      .run()
    appendAudit(
      tx,
      actor,
      'ranking.answer-appeal',
      'ranking',
      before.rankingId,
      { status: 'asked' },
      { ...given, unitId: before.unitId },
    )
    notify(tx, {
      kind: 'appeal-answered',
      causeKey: `appeal-answered:${period}:${before.unitId}`,
      text: `对${periodTitle(period)}考核排名的申诉已答复（${APPEAL_STATUS_TITLES[given.status]}）：${given.answer}`,
      at: actor.at,
      to: { unitIds: [before.unitId], leaders: true },
    })
    return period
  })
}
