import { and, asc, count, eq, isNotNull, isNull, ne, or, sql, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Db } from '../../db/open.ts'
import { isUndecided } from '../../db/undecided-reports.ts'
import type { Actor } from '../actor.ts'
import {
  changeRequests,
  orderProposals,
  orders,
  problems,
  rankingAppeals,
  rankings,
  reports,
  targets,
  units,
} from '../../db/schema/index.ts'
import { andOthers } from '../../db/domain/sentences.ts'
import { FURTHER_ITEMS } from '../core/further-items.ts'
import { readSetting } from '../settings/store.ts'
import { listInstructions } from './instructions/list.ts'

/** One thing that waits for the office. */
interface TodayItem {
  id: number
  targetId: number
  /** Its first target's; of a 督办单 of several with how many they are. */
  indicator: string
  unit: string | null
  /** Since when it waits: instant, UTC ISO. */
  since: string
}

/**
 * A list as the person who asks may work on it: whoever asked, reported or made 办结 does not decide on it, and a 督办单 that
 * needs 批准 waits for the leader.
 */
interface TodayList {
  /** How many the person may decide. */
  total: number
  /** How many more are in the list that wait for somebody else. */
  others: number
  /** Of those that the person may decide. */
  oldest: TodayItem[]
}

/** A 批示 that waits for the office. */
interface WaitingInstruction {
  id: number
  text: string
  leader: string
  /** When it was written: instant, UTC ISO. */
  since: string
}

/** A 申诉 that waits for its answer. */
interface WaitingAppeal {
  id: number
  /** Of the ranking: `2026-06`, `2026-Q2`. */
  period: string
  unit: string
  since: string
}

/** How many of each list are named. */
const NAMED = 5

type Table = typeof reports | typeof changeRequests | typeof orders | typeof problems | typeof orderProposals

type Kind = 'reports' | 'requests' | 'answers' | 'problems' | 'proposals' | 'close'

/** 今日待办: how much of each kind waits for this person of the office, and what has waited longest. */
export function todayLists(
  db: Db,
  office: Pick<Actor, 'id' | 'role' | 'unitId'>,
  today: string,
): Record<Kind, TodayList> & {
  instructions: { total: number; oldest: WaitingInstruction[] }
  appeals: { total: number; oldest: WaitingAppeal[] }
} {
  const list = (
    table: Table,
    since: typeof reports.submittedAt,
    all: SQL | undefined,
    decides?: SQL,
    further: SQL<number> = sql<number>`0`,
  ): TodayList => {
    const like = table as typeof reports
    const own = and(all, decides)
    const oldest = db
      .select({ id: like.id, targetId: like.targetId, indicator: targets.indicator, unit: units.name, since, further })
      .from(like)
      .innerJoin(targets, eq(targets.id, like.targetId))
      .leftJoin(units, eq(units.id, like.unitId))
      .where(own)
      .orderBy(asc(since), asc(like.id))
      .limit(NAMED)
      .all()
    const countOf = (where: SQL | undefined) => db.select({ n: count() }).from(like).where(where).get()?.n ?? 0
    const total = countOf(own)
    return {
      total,
      others: decides === undefined ? 0 : countOf(all) - total,
      oldest: oldest.map(({ further, indicator, ...item }) => ({
        ...item,
        indicator: andOthers(indicator, 1 + further),
        since: item.since ?? '',
      })),
    }
  }
  const asked = eq(changeRequests.status, 'asked')
  const proposed = eq(orderProposals.status, 'proposed')
  const needsApproval = readSetting(db, 'orders').approval
  return {
    reports: list(
      reports,
      reports.submittedAt,
      and(isUndecided(), eq(reports.status, 'submitted')),
      notBy(reports.reporterId, office.id),
    ),
    requests: list(changeRequests, changeRequests.askedAt as never, asked, notBy(changeRequests.askedBy, office.id)),
    answers: list(
      orders,
      orders.answeredAt as never,
      and(isNotNull(orders.answeredAt), isNull(orders.closedAt)),
      undefined,
      FURTHER_ITEMS,
    ),
    problems: list(problems, problems.rectifiedAt as never, eq(problems.status, 'rectified')),
    instructions: instructionsToday(db, office, today),
    appeals: waitingAppeals(db),
    proposals: list(
      orderProposals,
      orderProposals.proposedAt as never,
      proposed,
      needsApproval ? isNotNull(orderProposals.approvedAt) : undefined,
    ),
    close: closable(db, office.id),
  }
}

const notBy = (column: SQLiteColumn, personId: number): SQL | undefined => or(isNull(column), ne(column, personId))

/** 待销号: targets that somebody else has made 办结. */
function closable(db: Db, personId: number): TodayList {
  const met = eq(targets.state, 'met')
  const own = and(met, notBy(targets.metBy, personId))
  const countOf = (where: SQL | undefined) => db.select({ n: count() }).from(targets).where(where).get()?.n ?? 0
  const total = countOf(own)
  const oldest = db
    .select({ id: targets.id, targetId: targets.id, indicator: targets.indicator, since: targets.metAt })
    .from(targets)
    .where(own)
    .orderBy(asc(targets.metAt), asc(targets.id))
    .limit(NAMED)
    .all()
  return {
    total,
    others: countOf(met) - total,
    oldest: oldest.map((item) => ({ ...item, unit: null, since: item.since ?? '' })),
  }
}

function instructionsToday(
  db: Db,
  office: Pick<Actor, 'id' | 'role' | 'unitId'>,
  today: string,
): { total: number; oldest: WaitingInstruction[] } {
  const { items, total } = listInstructions(db, office, { mine: 'true', limit: NAMED, from: 'oldest' }, today)
  return {
    total,
    oldest: items.map(({ id, text, leader, createdAt }) => ({
      ...{ id, text, since: createdAt },
      leader: leader?.displayName ?? '',
    })),
  }
}

function waitingAppeals(db: Db): { total: number; oldest: WaitingAppeal[] } {
  const all = db
    .select({
      id: rankingAppeals.id,
      period: rankings.period,
      unit: units.name,
      since: rankingAppeals.askedAt,
    })
    .from(rankingAppeals)
    .innerJoin(rankings, eq(rankings.id, rankingAppeals.rankingId))
    .innerJoin(units, eq(units.id, rankingAppeals.unitId))
    .where(eq(rankingAppeals.status, 'asked'))
    .orderBy(asc(rankingAppeals.askedAt), asc(rankingAppeals.id))
    .all()
  return { total: all.length, oldest: all.slice(0, NAMED) }
}
