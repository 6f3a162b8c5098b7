import type { Db } from '../../db/open.ts'
import { appendVersions, type TargetSet } from '../../db/target-versions.ts'
import type { Stamp } from '../actor.ts'
import { ruleOf, type Step, STEP_NAMES } from '../../db/domain/lifecycle.ts'

/** What makes a version: a step of the life cycle, or an act beside it. */
export type VersionStep = Step | keyof typeof OTHER_TITLES

/** Acts beside the life cycle that make a version, in the words of the office. */
const OTHER_TITLES = {
  import: '导入',
  add: '手工增加',
  intake: '导入台账',
  'split-off': '由拆分产生',
  unsplit: '撤销拆分',
  'resolve-name': '指明单位名称',
  'ask-name': '单位名称待指明',
  migrate: '版本升级',
  reread: '重新读取',
  'document-date': '更改发文日期',
}

/** Acts after which a candidate is still what the program made of it. */
export const ACTS_OF_PROGRAM = [
  'import',
  'migrate',
  'reread',
  'document-date',
  'resolve-name',
  'ask-name',
] as const satisfies VersionStep[]

/** Name of the step that made a version, for people. */
export const stepTitle = (step: string): string =>
  (STEP_NAMES as readonly string[]).includes(step)
    ? ruleOf(step as Step).title
    : (OTHER_TITLES[step as keyof typeof OTHER_TITLES] ?? step)

/**
 * Writes down what some targets have become by a step. Whoever changes a target, its units or its parts calls it in the
 * same transaction, after the change; nobody else writes versions. Where nothing versioned has changed, nothing is written, unless `always` is said.
 * @param more words given with the step; the target from which a 拆分 made these
 * @returns whether a version was written
 */
export function writeVersion(
  tx: Db,
  set: TargetSet,
  step: VersionStep,
  { at, id, displayName }: Pick<Stamp, 'at' | 'id' | 'displayName'>,
  more: { reason?: string | null; splitFromId?: number; always?: boolean; onlyCourse?: boolean } = {},
): boolean {
  if ('length' in set && set.length === 0) return false
  return appendVersions(tx, set, { at, step, byId: id, byName: displayName, ...more })
}
