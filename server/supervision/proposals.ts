import { and, count, eq, inArray } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { documents, orderItems, orderProposals, orders, targets, units, users } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import type { Actor } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { shanghaiDate } from '../../db/domain/dates.ts'
import { ruleOf } from '../../db/domain/lifecycle.ts'
import { andOthers } from '../../db/domain/sentences.ts'
import { STATE_TITLES } from '../../db/domain/states.ts'
import { ORDER_COLOR_TITLES, type OrderColor } from '../../db/domain/supervision-terms.ts'
import { conflict, invalid, notFound, Problem } from '../errors.ts'
import { DOCUMENT_REF } from '../core/document-ref.ts'
import { notify } from '../core/notify.ts'
import { readWorkingDays } from '../core/working-days.ts'
import { pageById } from '../keyset.ts'
import { quoted } from '../rules/reminders.ts'
import { readSetting } from '../settings/store.ts'
import { nextNumber } from '../core/numbers.ts'

type Proposal = typeof orderProposals.$inferSelect

/** A proposal as somebody has seen it. */
interface SeenProposal {
  id: number
  version: number
}

/** Limit for the answer to a 督办单 of the day: the working days of the setting, the day itself not counted. */
const defaultDueOn = (db: Db, today: string): string =>
  readWorkingDays(db).after(today, readSetting(db, 'orders').answerDays)

/** 待签发: what waits, oldest first, with the limit that holds where nobody has set one. */
export function listProposals(db: Db, query: { limit: number; cursor?: string; unitId?: number }, today: string) {
  const where = and(
    eq(orderProposals.status, 'proposed'),
    query.unitId === undefined ? undefined : eq(orderProposals.unitId, query.unitId),
  )
  const { items: rows, nextCursor } = pageById(
    orderProposals.id,
    query,
    (beyond, order, limit) =>
      db
        .select({
          row: orderProposals,
          target: targets,
          document: DOCUMENT_REF,
          unit: { id: units.id, name: units.name },
        })
        .from(orderProposals)
        .innerJoin(targets, eq(targets.id, orderProposals.targetId))
        .innerJoin(documents, eq(documents.id, targets.documentId))
        .innerJoin(units, eq(units.id, orderProposals.unitId))
        .where(and(where, beyond))
        .orderBy(order)
        .limit(limit)
        .all(),
    ({ row }) => row.id,
    'oldest',
  )
  const dueOn = defaultDueOn(db, today)
  const names = new Map(
    db
      .select({ id: users.id, displayName: users.displayName })
      .from(users)
      .all()
      .map((user) => [user.id, user.displayName]),
  )
  const person = (id: number | null) => (id === null ? null : { id, displayName: names.get(id) ?? '' })
  return {
    items: rows.map(({ row, target, document, unit }) => ({
      id: row.id,
      target: { ...target, document },
      unit,
      color: row.color,
      text: row.text,
      dueOn: row.dueOn ?? dueOn,
      byRule: row.proposedBy === null,
      proposedBy: person(row.proposedBy),
      proposedAt: row.proposedAt,
      approvedBy: person(row.approvedBy),
      approvedAt: row.approvedAt,
      version: row.version,
    })),
    nextCursor,
    total: db.select({ n: count() }).from(orderProposals).where(where).get()?.n ?? 0,
    needsApproval: readSetting(db, 'orders').approval,
  }
}

/** The proposals as they were seen, in that order; 404, or 409 where one was decided or changed meanwhile. */
function waiting(tx: Db, seen: readonly SeenProposal[]): Proposal[] {
  const stored = new Map(
    tx
      .select()
      .from(orderProposals)
      .where(
        inArray(
          orderProposals.id,
          seen.map(({ id }) => id),
        ),
      )
      .all()
      .map((proposal) => [proposal.id, proposal]),
  )
  return [...new Map(seen.map((one) => [one.id, one])).values()].map(({ id, version }) => {
    const proposal = stored.get(id)
    if (!proposal) throw notFound('待签发的督办单')
    if (proposal.status !== 'proposed')
      throw new Problem(409, 'proposal-decided', '已经办理', '有督办单已经签发或不予签发，请刷新后查看')
    if (proposal.version !== version) throw conflict(proposal)
    return proposal
  })
}

/** Changes what a proposal says; a 批准 given before no longer covers it. */
export function editProposal(
  db: Db,
  actor: Actor,
  seen: SeenProposal,
  changes: { color?: OrderColor; text?: string; dueOn?: string | null },
): void {
  const today = shanghaiDate(new Date(actor.at))
  if (changes.dueOn && changes.dueOn < today) throw invalid([{ path: 'dueOn', message: '回复时限不能早于今天' }])
  inTransaction(db, (tx) => {
    const [proposal] = waiting(tx, [seen])
    tx.update(orderProposals)
      .set({ ...changes, approvedBy: null, approvedAt: null, version: proposal!.version + 1 })
      .where(eq(orderProposals.id, proposal!.id))
      .run()
    appendAudit(tx, actor, 'order.edit-proposal', 'target', proposal!.targetId, { text: proposal!.text }, changes)
  })
}

/** 批准 by a leader, of many at once. */
export function approveProposals(db: Db, actor: Actor, seen: readonly SeenProposal[]): number {
  return decideAll(db, actor, seen, 'order.approve', { approvedBy: actor.id, approvedAt: actor.at }, {})
}

/** 不予签发, with the reason; the same cause is not proposed again. */
export function dismissProposals(db: Db, actor: Actor, seen: readonly SeenProposal[], reason: string): number {
  const decided = { status: 'dismissed', decidedBy: actor.id, decidedAt: actor.at, dismissedReason: reason } as const
  return decideAll(db, actor, seen, 'order.dismiss', decided, { reason })
}

function decideAll(
  db: Db,
  actor: Actor,
  seen: readonly SeenProposal[],
  action: string,
  set: Partial<Proposal>,
  more: Record<string, unknown>,
): number {
  return inTransaction(db, (tx) => {
    const proposals = waiting(tx, seen)
    for (const proposal of proposals) {
      tx.update(orderProposals)
        .set({ ...set, version: proposal.version + 1 })
        .where(eq(orderProposals.id, proposal.id))
        .run()
      appendAudit(tx, actor, action, 'target', proposal.targetId, null, { proposal: proposal.id, ...more })
    }
    return proposals.length
  })
}

interface IssuedOrder {
  id: number
  number: string
  unitId: number
  items: number
}

/**
 * 签发: makes the 督办单, numbers them and tells the units; all of them or none.
 * @param together one 督办单 for all items of one unit and colour, else one for each item
 */
export function issueProposals(db: Db, actor: Actor, seen: readonly SeenProposal[], together: boolean): IssuedOrder[] {
  return inTransaction(db, (tx) => {
    const proposals = waiting(tx, seen)
    if (readSetting(tx, 'orders').approval && proposals.some(({ approvedAt }) => approvedAt === null))
      throw new Problem(409, 'not-approved', '尚未批准', '督办单须经领导批准后签发，所选的有尚未批准的')
    const groups = new Map<string, Proposal[]>()
    for (const proposal of proposals) {
      const key = together ? `${proposal.unitId} ${proposal.color}` : String(proposal.id)
      groups.set(key, [...(groups.get(key) ?? []), proposal])
    }
    return [...groups.values()].map((group) => issueGroup(tx, actor, group))
  })
}

function issueGroup(tx: Db, actor: Actor, group: readonly Proposal[]): IssuedOrder {
  const today = shanghaiDate(new Date(actor.at))
  const [first] = group as [Proposal]
  const targetIds = [...new Set(group.map(({ targetId }) => targetId))]
  const about = tx.select().from(targets).where(inArray(targets.id, targetIds)).all()
  for (const { indicator, state } of about)
    if (!ruleOf('issue-order').from.includes(state))
      throw new Problem(
        409,
        'wrong-state',
        '当前不能签发',
        `${quoted(indicator)}当前为“${STATE_TITLES[state]}”，不能发督办单，请不予签发`,
      )
  const number = nextNumber(tx, 'order', today)
  const fallback = defaultDueOn(tx, today)
  const dueOn = group.map((proposal) => proposal.dueOn ?? fallback).sort()[0]!
  if (dueOn < today) throw invalid([{ path: 'dueOn', message: `回复时限${dueOn}已过，请先修改` }])
  const text = group.length === 1 ? first.text : group.map((one, i) => `${i + 1}．${one.text}`).join('\n')
  const id = Number(
    tx
      .insert(orders)
      .values({
        number,
        color: first.color,
        targetId: first.targetId,
        unitId: first.unitId,
        text,
        dueOn,
        causeKey: first.causeKey,
        issuedBy: actor.id,
        issuedAt: actor.at,
      })
      .run().lastInsertRowid,
  )
  for (const targetId of targetIds.slice(1)) tx.insert(orderItems).values({ orderId: id, targetId }).run()
  for (const proposal of group) {
    tx.update(orderProposals)
      .set({
        status: 'issued',
        orderId: id,
        decidedBy: actor.id,
        decidedAt: actor.at,
        version: proposal.version + 1,
      })
      .where(eq(orderProposals.id, proposal.id))
      .run()
    appendAudit(tx, actor, 'target.issue-order', 'target', proposal.targetId, null, {
      orders: [{ id, number, unitId: first.unitId }],
      color: first.color,
      text: proposal.text,
      dueOn,
      byRule: proposal.proposedBy === null,
    })
  }
  const named = about.find((target) => target.id === first.targetId)?.indicator ?? ''
  const what = andOthers(quoted(named), targetIds.length)
  notify(tx, {
    kind: 'order',
    causeKey: `order:${first.targetId}:${id}`,
    targetId: first.targetId,
    text: `${what}收到${ORDER_COLOR_TITLES[first.color]}督办单${number}，请于${dueOn}前回复`,
    to: { unitIds: [first.unitId] },
    at: actor.at,
  })
  return { id, number, unitId: first.unitId, items: targetIds.length }
}
