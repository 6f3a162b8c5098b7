import { and, asc, eq, ne, or, type SQL } from 'drizzle-orm'
import { savedViews, users } from '../../db/schema/index.ts'
import type { Db } from '../../db/open.ts'
import { inTransaction } from '../../db/transaction.ts'
import type { Actor } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { forbidden, invalid, notFound } from '../errors.ts'
import { cleanQuery, type NewView, type SavedView, type ViewPatch, VIEWS_MAX } from './schemas.ts'

/**
 * Views that a person may see: the own ones and the shared ones. What a department shares reaches its own people and
 * the offices, not other departments; what the offices share reaches everybody.
 */
function visibleTo(actor: Actor): SQL | undefined {
  const mine = eq(savedViews.userId, actor.id)
  const shared = eq(savedViews.shared, true)
  if (actor.role !== 'reporter') return or(mine, shared)
  const ofOwnUnit = actor.unitId === null ? undefined : eq(users.unitId, actor.unitId)
  return or(mine, and(shared, or(ne(users.role, 'reporter'), ofOwnUnit)))
}

const read = (db: Db, where: SQL | undefined) =>
  db
    .select({ view: savedViews, owner: users.displayName })
    .from(savedViews)
    .innerJoin(users, eq(users.id, savedViews.userId))
    .where(where)
    .orderBy(asc(savedViews.name), asc(savedViews.id))
    .all()

const asSeenBy =
  (actor: Actor) =>
  ({ view: { userId, ...view }, owner }: ReturnType<typeof read>[number]): SavedView => ({
    ...view,
    owner,
    mine: userId === actor.id,
  })

/** The person's own views first, then the shared ones, each by name. */
export function listViews(db: Db, actor: Actor): SavedView[] {
  return read(db, visibleTo(actor))
    .map(asSeenBy(actor))
    .sort((a, b) => Number(b.mine) - Number(a.mine))
}

/** One view; 404 where it is neither the person's own nor shared with them. */
export function loadView(db: Db, actor: Actor, id: number): SavedView {
  const [row] = read(db, and(eq(savedViews.id, id), visibleTo(actor)))
  if (!row) throw notFound('视图')
  return asSeenBy(actor)(row)
}

/** Keeps a view; 400 where the name is taken or the person has {@link VIEWS_MAX} already. */
export function createView(db: Db, actor: Actor, { name, query, shared }: NewView): SavedView {
  const values = { name, query: cleanQuery(query), shared }
  return inTransaction(db, (tx) => {
    const own = read(tx, eq(savedViews.userId, actor.id))
    if (own.length >= VIEWS_MAX)
      throw invalid([{ path: 'name', message: `每人最多保存 ${VIEWS_MAX} 个视图，请先删除不用的` }])
    refuseTaken(own, name)
    const { id } = tx
      .insert(savedViews)
      .values({ ...values, userId: actor.id, createdAt: actor.at })
      .returning()
      .get()
    appendAudit(tx, actor, 'view.create', 'view', id, null, values)
    return loadView(tx, actor, id)
  })
}

/** Changes the person's own view; 403 for one that somebody else shares. */
export function changeView(db: Db, actor: Actor, id: number, patch: ViewPatch): SavedView {
  const changes = patch.query === undefined ? patch : { ...patch, query: cleanQuery(patch.query) }
  return inTransaction(db, (tx) => {
    const before = loadView(tx, actor, id)
    if (!before.mine) throw forbidden('这是他人共享的视图，不能修改；可以另存为自己的视图。')
    if (changes.name !== undefined)
      refuseTaken(read(tx, and(eq(savedViews.userId, actor.id), ne(savedViews.id, id))), changes.name)
    if (Object.keys(changes).length === 0) return before
    tx.update(savedViews).set(changes).where(eq(savedViews.id, id)).run()
    const was = Object.fromEntries(Object.keys(changes).map((key) => [key, before[key as keyof SavedView]]))
    appendAudit(tx, actor, 'view.change', 'view', id, was, changes)
    return loadView(tx, actor, id)
  })
}

/** Deletes the person's own view; an administrator may take away any shared one. */
export function deleteView(db: Db, actor: Actor, id: number): void {
  inTransaction(db, (tx) => {
    const { name, query, shared, owner, mine } = loadView(tx, actor, id)
    if (!mine && actor.role !== 'admin') throw forbidden('这是他人共享的视图，只有本人或管理员可以删除。')
    tx.delete(savedViews).where(eq(savedViews.id, id)).run()
    appendAudit(tx, actor, 'view.delete', 'view', id, { name, query, shared, owner }, null)
  })
}

function refuseTaken(own: ReturnType<typeof read>, name: string): void {
  if (own.some(({ view }) => view.name === name))
    throw invalid([{ path: 'name', message: `您已有名为“${name}”的视图，请换一个名称` }])
}
