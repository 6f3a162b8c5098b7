import type { Db } from '../../db/open.ts'
import { appendVersions, type TargetSet } from '../../db/target-versions.ts'
import type { Stamp } from '../actor.ts'
import type { Step } from '../../db/domain/lifecycle.ts'

/** What makes a version: a step of the life cycle, or an act beside it. */
export type VersionStep = Step | 'import' | 'add' | 'split-off' | 'unsplit' | 'resolve-name' | 'ask-name'

/**
 * Writes down what some targets have become by a step. Whoever changes a target, its units or its parts calls it in the
 * same transaction, after the change; nobody else writes versions. Where nothing versioned has changed, nothing is written.
 * @param splitFromId the target from which a 拆分 made these
 */
export function writeVersion(
  tx: Db,
  set: TargetSet,
  step: VersionStep,
  { at, id, displayName }: Pick<Stamp, 'at' | 'id' | 'displayName'>,
  splitFromId: number | null = null,
): void {
  if ('length' in set && set.length === 0) return
  appendVersions(tx, set, { at, step, byId: id, byName: displayName, splitFromId })
}
