import { ROLE_TITLES } from '../../db/domain/roles.ts'
import { asc, eq, lt } from 'drizzle-orm'
import { addDays, shanghaiDateOf, startOfShanghaiDay } from '../../db/domain/dates.ts'
import { instructionAt, instructionStanding } from '../../db/domain/instructions.ts'
import type { NamedPeriod } from '../../db/domain/period.ts'
import type { Db } from '../../db/open.ts'
import { instructions, users } from '../../db/schema/index.ts'
import { addresseesOf } from '../core/instructions.ts'
import { unitNames } from '../core/target-record.ts'
import type { Figures, InstructionFigure } from './figures-schemas.ts'

type InstructionFigures = Required<Pick<Figures, 'instructions' | 'instructionCounts'>>

/**
 * The 批示 that were written in the period or were not done before it, as they stood at the end of `asOf`: all of them
 * counted, and those to units listed, the oldest first. A 通报 goes to every unit: what was written to the office alone is
 * nobody else's to read.
 */
export function instructionFigures(db: Db, period: NamedPeriod, asOf: string): InstructionFigures {
  const end = startOfShanghaiDay(addDays(asOf, 1))
  const rows = db
    .select({ row: instructions, leader: users.displayName })
    .from(instructions)
    .innerJoin(users, eq(users.id, instructions.leaderId))
    .where(lt(instructions.createdAt, end))
    .orderBy(asc(instructions.id))
    .all()
  const addressees = addresseesOf(
    db,
    rows.map(({ row }) => row.id),
  )
  const unitIdsOf = (id: number) => (addressees.get(id) ?? []).map(({ unitId }) => unitId)
  const names = unitNames(
    db,
    [...addressees.values()].flat().map(({ unitId }) => unitId),
  )
  const before = startOfShanghaiDay(period.first)
  const counts: InstructionFigures['instructionCounts'] = { open: 0, overdue: 0, done: 0 }
  const listed = rows.flatMap(({ row, leader }): InstructionFigure[] => {
    const { id, text, createdAt, firstDueOn, course } = row
    const unitIds = unitIdsOf(id)
    if (unitIds.length === 0) return []
    const at = (instant: string) => instructionAt(firstDueOn, unitIds, course, instant)
    if (createdAt < before && instructionStanding(at(before), period.first) === 'done') return []
    const then = at(end)
    const standing = instructionStanding(then, asOf)
    counts[standing]++
    if (unitIds.every((unitId) => unitId === null)) return []
    return [
      {
        ...{ id, leader, text },
        on: shanghaiDateOf(createdAt),
        units: unitIds.map((unitId) => (unitId === null ? ROLE_TITLES.supervisor : (names.get(unitId) ?? ''))),
        dueOn: then.dueOn,
        standing,
      },
    ]
  })
  return { instructions: listed, instructionCounts: counts }
}
