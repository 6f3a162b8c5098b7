import { type Goal, progressOf } from './progress.ts'
import { alongLine } from './trajectory.ts'

/** A corner of the expected line: so many per cent of the way on that day. */
interface ExpectedPoint {
  on: string
  progress: number
}

/** One line of the yearly breakdown (序时进度): the value to reach by that day. */
export interface YearPart {
  dueOn: string
  value: number
}

/** What the expected line is drawn from. */
export interface Course extends Goal {
  /** First day of the line: date of issue or of 立项. */
  startOn: string | null
  deadline: string | null
  /** Yearly breakdown in any order; empty where there is none. */
  years: YearPart[]
}

/**
 * Corners of the expected line, by date: 0 % at the start, the yearly breakdown where there is one, 100 % at the deadline.
 * Empty without a start, and without anything to reach by a date; a breakdown without a deadline ends with its last year.
 */
export function expectedLine(course: Course): ExpectedPoint[] {
  const { startOn, deadline } = course
  if (startOn === null) return []
  const points: ExpectedPoint[] = []
  for (const year of [...course.years].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))) {
    if (year.dueOn <= startOn || (deadline !== null && year.dueOn >= deadline)) continue
    const progress = progressOf(course, year.value)
    if (progress !== null) points.push({ on: year.dueOn, progress })
  }
  if (deadline !== null) points.push({ on: deadline, progress: 100 })
  return points.length === 0 ? [] : [{ on: startOn, progress: 0 }, ...points]
}

/**
 * Per cent that should have been reached at the end of the day `asOf`: along the expected line, 0 before it begins,
 * its last corner after it ends. Null where there is no line.
 */
export function expectedOn(course: Course, asOf: string): number | null {
  const line = expectedLine(course).map(({ on, progress }) => ({ on, value: progress }))
  return line.length === 0 ? null : (alongLine(line, asOf) ?? 0)
}
