import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { State } from '../../db/domain/states.ts'
import { keptQuery } from '../../db/kept-query.ts'
import type { Db } from '../../db/open.ts'
import { clientOf } from '../../db/client.ts'
import { noteStandingChanges } from '../../db/standings.ts'
import { inTransaction } from '../../db/transaction.ts'
import { targets } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { conflict, forbidden, notFound, Problem } from '../errors.ts'
import { shanghaiDate } from '../../db/domain/dates.ts'
import type { ChangesBy } from '../../db/domain/target-fields.ts'
import { decide, ruleOf, type Step } from '../../db/domain/lifecycle.ts'
import type { Refusal, StepContext, Subject } from '../../db/domain/step-guards.ts'
import { rewriteSpans } from './light-spans.ts'
import {
  currentTarget,
  loadTarget,
  type LoadedTarget,
  openRequestKinds,
  subjectOf,
  type TargetRecord,
  type TargetUnitRecord,
} from './target-record.ts'
import { writeVersion } from './versions.ts'

/** What a step gets: the open transaction, the target as stored, who asks, and the body without its version. */
export interface StepRun<B> {
  tx: Db
  target: TargetRecord
  units: TargetUnitRecord[]
  actor: Actor
  body: B
  /** Date in Asia/Shanghai of the instant `actor.at`. */
  today: string
  /** State the target goes to. */
  to: State
}

/** What a step has done beside the state. */
export interface StepEffect<S extends Step = never> {
  /** Fields of the target to change: only those that the list of fields lets this step change. */
  patch?: ChangesBy<S>
  /** For the trail: the changed things as they were and are. */
  before?: Record<string, unknown>
  after?: Record<string, unknown>
  /** Why, or with what conclusion; shown in 办理经过 where no record of its own keeps it. */
  reason?: string | null
  /** The record that the step has made or decided. */
  record?: { id: number; number?: string }
  /** Further targets that the step has made (拆分). */
  made?: number[]
  /** The target's units or reports have changed: whoever holds the old version must read it again. */
  changed?: boolean
  /** The step makes a version even where it leaves the target as it was: 撤销 must find it. */
  remembered?: boolean
}

export interface StepDefinition<S extends Step = Step, B extends z.ZodObject = z.ZodObject> {
  step: S
  /** Fields of the body beside `version`. */
  body: B
  /** Also as POST /api/targets/steps/<step> for many. */
  bulk?: boolean
  /** Fields that each of many may say for itself, instead of what is said for all. */
  each?: readonly string[]
  /**
   * The step writes reports and nothing else but the state: what the target is beside its course stays. `waiting` ones do
   * not count yet (a draft, one that is to be decided): no light moves either.
   */
  onlyReports?: 'waiting' | 'counting'
  /** The record the step is about, and units as they would be; checked by the table before anything is written. */
  context?: (run: Omit<StepRun<z.infer<B>>, 'to'>) => Partial<StepContext> & { subject?: Partial<Subject> }
  /** Writes what belongs to the step; the engine writes the record, what it has become (versions), trail and lights. */
  apply: (run: StepRun<z.infer<B>>) => StepEffect<S>
}

export const defineStep = <S extends Step, B extends z.ZodObject>(definition: StepDefinition<S, B>): StepDefinition =>
  definition as unknown as StepDefinition

export interface StepAnswer {
  id: number
  state: State
  version: number
  record: { id: number; number?: string } | null
  made?: number[]
}

/**
 * Takes one step of one target in one transaction: version, then the table of steps, then the step's own work, state,
 * trail and lights. Throws the 404, 403 or 409 problem, with nothing written.
 */
export const runStep = (db: Db, ...step: StepArguments): StepAnswer =>
  inTransaction(db, (tx) => runOwnStep(tx, ...step))

type StepArguments = [definition: StepDefinition, id: number, version: number, body: unknown, actor: Actor]

/**
 * The same inside a transaction that somebody has begun for this step alone and takes back where it throws. One begun inside
 * of that would keep a copy of every page that the step changes.
 */
export function runOwnStep(tx: Db, ...[definition, id, version, body, actor]: StepArguments): StepAnswer {
  const loaded = loadTarget(tx, id, actor)
  if (!ruleOf(definition.step).roles.includes(actor.role)) throw forbidden()
  if (loaded.target.version !== version) throw conflict(currentTarget(loaded, actor))
  return take(tx, definition, loaded, body as Record<string, unknown>, actor)
}

function take(
  tx: Db,
  definition: StepDefinition,
  loaded: LoadedTarget,
  body: Record<string, unknown>,
  actor: Actor,
): StepAnswer {
  const { target } = loaded
  const today = shanghaiDate(new Date(actor.at))
  const run = { tx, ...loaded, actor, body, today }
  const { subject: changes, ...about } = definition.context?.(run) ?? {}
  const stored = subjectOf(tx, loaded, today)
  const subject = changes === undefined ? stored : { ...stored, ...changes }
  const decision = decide(definition.step, subject, actor, {
    today,
    get openRequests() {
      return openRequestKinds(tx, loaded, actor) // asked for by the steps that ask for something
    },
    ...about,
  })
  if (!decision.ok) throw refusalProblem(decision.status, decision.refusal)

  const effect = definition.apply({ ...run, to: decision.to })
  const changed = effect.changed || decision.to !== target.state || hasFields(effect.patch)
  const version = changed ? target.version + 1 : target.version
  if (changed) {
    const own = { state: decision.to, version, updatedAt: actor.at }
    const { changes: rows } = hasFields(effect.patch)
      ? tx
          .update(targets)
          .set({ ...effect.patch, ...own })
          .where(and(eq(targets.id, target.id), eq(targets.version, target.version)))
          .run()
      : moveState(tx).run({ ...own, id: target.id, seen: target.version })
    if (rows !== 1) throw conflict(currentTarget(loadTarget(tx, target.id, actor), actor))
  }
  appendAudit(
    tx,
    actor,
    `target.${definition.step}`,
    'target',
    target.id,
    { state: target.state, ...effect.before },
    { state: decision.to, version, ...effect.after },
  )
  const { onlyReports } = definition
  const moved =
    (onlyReports === undefined || changed) &&
    writeVersion(tx, [target.id], definition.step, actor, {
      reason: effect.reason,
      always: effect.remembered,
      onlyCourse: onlyReports !== undefined,
    })
  const turned = onlyReports !== 'waiting' && rewriteSpans(tx, [target.id], today)
  // Both note the change themselves; a report may have been written although neither version nor light moved.
  if (!moved && !turned) noteStandingChanges(clientOf(tx), [target.id])
  return {
    id: target.id,
    state: decision.to,
    version,
    record: effect.record ?? null,
    ...(effect.made ? { made: effect.made } : {}),
  }
}

const hasFields = (patch: object | undefined): boolean => Object.keys(patch ?? {}).length > 0

/** What most steps change of the record: built once, because building it takes longer than it runs. */
const moveState = keptQuery((db) =>
  db
    .update(targets)
    .set({
      state: sql.placeholder('state'),
      version: sql.placeholder('version'),
      updatedAt: sql.placeholder('updatedAt'),
    } as never)
    .where(and(eq(targets.id, sql.placeholder('id')), eq(targets.version, sql.placeholder('seen')))),
)

/** A refusal of the table as an answer; the same 404 as for a target that does not exist. */
function refusalProblem(status: 403 | 404 | 409, refusal: Refusal): Problem {
  if (status === 404) return notFound('目标')
  return new Problem(status, refusal.code, status === 403 ? '没有权限' : '当前不能办理', refusal.text)
}
