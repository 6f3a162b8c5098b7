import type { ReportStatus } from '../../db/domain/report-terms.ts'
import type { Actor } from '../actor.ts'

/** A record beside a target, as far as it decides who may read it. */
export type GuardedRecord =
  | { kind: 'report'; status: ReportStatus; unitId: number | null }
  /** `unitId`: the unit that it was sent to, which answers or mends. */
  | { kind: 'order' | 'problem'; unitId: number | null }
  | { kind: 'request' | 'urge' | 'instruction' }
  /** Evidence that still waits for the form it was uploaded in. */
  | { kind: 'waiting'; uploadedBy: number | null }

/**
 * Whether a person who may see the target may read a record of it. A draft is its own unit's alone, before everybody
 * else knows of it; a 督办单 and a problem are read by the unit they were sent to and by everybody who is no reporter.
 * Lists, 办理经过 and files ask this and nothing else.
 */
export function mayReadRecord(record: GuardedRecord, actor: Pick<Actor, 'id' | 'role' | 'unitId'>): boolean {
  switch (record.kind) {
    case 'report':
      return record.status !== 'draft' || (actor.unitId !== null && record.unitId === actor.unitId)
    case 'order':
    case 'problem':
      return actor.role !== 'reporter' || (actor.unitId !== null && record.unitId === actor.unitId)
    case 'waiting':
      return record.uploadedBy === actor.id
    case 'request':
    case 'urge':
    case 'instruction':
      return true
  }
}
