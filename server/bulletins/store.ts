import { eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { inTransaction } from '../../db/transaction.ts'
import { bulletins, rankings, users } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { conflict, notFound, Problem, wrongState } from '../errors.ts'
import { notify } from '../core/notify.ts'
import { shanghaiDate } from '../../db/domain/dates.ts'
import type { NamedPeriod } from '../../db/domain/period.ts'
import { readSetting } from '../settings/store.ts'
import { nextNumber } from '../core/numbers.ts'
import type { Figures } from '../counting/figures-schemas.ts'
import type { Bulletin, Words } from './schemas.ts'
import { draftWords } from './words.ts'

interface Content {
  figures: Figures
  words: Words
  office?: string
}

export function getBulletin(db: Db, id: number): Bulletin {
  const row = db.select().from(bulletins).where(eq(bulletins.id, id)).get()
  if (!row) throw notFound('通报')
  const issuer = row.issuedBy === null ? undefined : db.select().from(users).where(eq(users.id, row.issuedBy)).get()
  const { office = readSetting(db, 'office').name, ...content } = row.content as unknown as Content
  return { ...row, ...content, office, issuedBy: issuer ? { id: issuer.id, displayName: issuer.displayName } : null }
}

/** A draft from the figures of a period. A period may have several drafts, but only one issued bulletin. */
export function createBulletin(db: Db, actor: Actor, period: NamedPeriod, figures: Figures): Bulletin {
  return inTransaction(db, (tx) => {
    const content: Content = { figures, words: draftWords(figures, period) }
    const id = Number(
      tx
        .insert(bulletins)
        .values({
          period: period.name,
          title: `关于${period.title}督查事项完成情况的通报`,
          content: { ...content },
          status: 'draft',
          createdBy: actor.id,
          createdAt: actor.at,
        })
        .run().lastInsertRowid,
    )
    appendAudit(tx, actor, 'bulletin.create', 'bulletin', id, null, { period: period.name, asOf: figures.asOf })
    return getBulletin(tx, id)
  })
}

/** Changes a draft; what has been issued stays as it is. 409 where somebody else has changed it since `version`. */
export function changeBulletin(
  db: Db,
  actor: Actor,
  id: number,
  version: number,
  change: { title?: string; words?: Partial<Words>; figures?: Figures },
): Bulletin {
  return inTransaction(db, (tx) => {
    const before = getBulletin(tx, id)
    if (before.version !== version) throw conflict(before)
    if (before.status !== 'draft') throw wrongState('已印发的通报不能修改。')
    const content: Content = { figures: change.figures ?? before.figures, words: { ...before.words, ...change.words } }
    tx.update(bulletins)
      .set({ title: change.title ?? before.title, content: { ...content }, version: version + 1 })
      .where(eq(bulletins.id, id))
      .run()
    appendAudit(
      tx,
      actor,
      change.figures ? 'bulletin.refresh' : 'bulletin.change',
      'bulletin',
      id,
      { title: before.title, words: before.words },
      { title: change.title ?? before.title, words: content.words, asOf: content.figures.asOf },
    )
    return getBulletin(tx, id)
  })
}

/** 印发: the bulletin gets its number, and the ranking of its period is frozen with the formula that made it. */
export function issueBulletin(db: Db, actor: Actor, id: number, version: number): Bulletin {
  return inTransaction(db, (tx) => {
    const before = getBulletin(tx, id)
    if (before.version !== version) throw conflict(before)
    if (before.status !== 'draft') throw wrongState('该通报已经印发。')
    if (tx.select().from(rankings).where(eq(rankings.period, before.period)).get()) {
      throw new Problem(409, 'period-frozen', '该期已通报', '该期的通报已经印发、排名已经冻结，不能再次印发。')
    }
    const number = nextNumber(tx, 'bulletin', shanghaiDate(new Date(actor.at)))
    const content: Content = { figures: before.figures, words: before.words, office: before.office }
    tx.update(bulletins)
      .set({
        content: { ...content },
        status: 'issued',
        number,
        issuedBy: actor.id,
        issuedAt: actor.at,
        version: version + 1,
      })
      .where(eq(bulletins.id, id))
      .run()
    const { ranking, formula, formulaText, asOf } = before.figures
    tx.insert(rankings)
      .values({
        period: before.period,
        bulletinId: id,
        formula: { ...formula, text: formulaText, asOf },
        rows: ranking.map((r) => ({ ...r })),
        frozenAt: actor.at,
      })
      .run()
    appendAudit(
      tx,
      actor,
      'bulletin.issue',
      'bulletin',
      id,
      { status: 'draft' },
      { status: 'issued', number, period: before.period },
    )
    notify(tx, {
      kind: 'bulletin',
      causeKey: `bulletin:${id}`,
      text: `印发${number}《${before.title}》`,
      at: actor.at,
      to: { leaders: true, office: true, unitIds: before.figures.units.map((u) => u.unitId), except: actor.id },
    })
    return getBulletin(tx, id)
  })
}
