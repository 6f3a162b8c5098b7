import { eq, sql } from 'drizzle-orm'
import { keptQuery } from '../../db/kept-query.ts'
import type { Db } from '../../db/open.ts'
import { users } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { reportsKnown } from '../core/target-reports.ts'
import { allowedNow } from '../core/allowed-steps.ts'
import { expectedLine } from '../../db/domain/expected.ts'
import type { LightTarget } from '../../db/domain/lights.ts'
import { usableBaseline } from '../../db/domain/progress.ts'
import { foundByRules, loadTarget, seesInPart } from '../core/target-record.ts'
import { clientOf } from '../../db/client.ts'
import { versionAt } from '../../db/target-versions.ts'
import { lastInstantOf, targetsOn } from '../../db/targets-on.ts'
import { courseOf, ledgerRow } from '../core/ledger-rows.ts'
import { storyOf } from './story.ts'
import type { TargetDetail } from '../core/target-schemas.ts'
import { DETAIL_FIELDS, pickFields } from '../../db/domain/target-fields.ts'
import { notFound } from '../errors.ts'

/**
 * Everything about one target as it was known on `asOf`; 404 where nobody knew of it then, or the person may not. A member of a
 * group is told of its own part: light, value, reports and steps are those of its own line.
 */
export function targetDetail(db: Db, actor: Actor, id: number, asOf: string): TargetDetail {
  const loaded = loadTarget(db, id, actor)
  const { target } = loaded
  const until = lastInstantOf(asOf)
  const inPart = seesInPart(loaded.units, actor)
  const on = targetsOn(clientOf(db), [id], asOf, inPart ? actor.unitId : null)[0]
  const version = versionAt(db, id, until)
  if (!on || !version) throw notFound('目标')
  return {
    ...ledgerRow(on, asOf),
    ...pick(target, ['evidence', 'start', 'end', 'clauseStart', 'clauseEnd']),
    ...pickFields(version, DETAIL_FIELDS),
    ...(inPart ? { baselineValue: courseOf(on).baselineValue } : {}),
    ...foundByRules(target),
    supervisor: personOf(db, version.supervisorId),
    contactLeader: personOf(db, version.contactLeaderId),
    parts: inPart ? version.parts.filter(({ unitId }) => unitId === actor.unitId) : version.parts,
    reports: reportsKnown(db, actor, id, until),
    inPart,
    expectedLine: lineInUnits(courseOf(on)),
    steps: storyOf(db, id, actor, until),
    allowed: allowedNow(db, loaded, actor),
  }
}

const pick = <T, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> =>
  Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>

const personOf = (db: Db, id: number | null) => (id === null ? null : (personById(db).get({ id }) ?? null))

const personById = keptQuery((db) =>
  db
    .select({ id: users.id, displayName: users.displayName })
    .from(users)
    .where(eq(users.id, sql.placeholder('id'))),
)

/**
 * The expected line in the target's own unit: baseline, yearly breakdown, target. Its beginning is left out where nobody
 * wrote down the baseline; a growth or the like begins at zero.
 */
function lineInUnits(target: LightTarget): TargetDetail['expectedLine'] {
  const { value, startOn, deadline } = target
  if (value === null) return []
  const isLevel = target.measure === null || target.measure === 'level'
  const first = isLevel ? usableBaseline(target) : 0
  return expectedLine(target).flatMap(({ on }) => {
    const year = target.years.find(({ dueOn }) => dueOn === on)
    const at = on === deadline ? value : on === startOn ? first : (year?.value ?? null)
    return at === null || !Number.isFinite(at) ? [] : [{ on, value: at }]
  })
}
