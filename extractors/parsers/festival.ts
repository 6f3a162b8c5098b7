import { FESTIVALS, SPRING_FESTIVALS } from '../lexicon/periods.ts'
import { daysLater, isoDate } from './calendar.ts'
import { CharacterSet } from './character-set.ts'
import type { Point, TimeBase, TimeCore } from './time-core.ts'

const NAMES = [...Object.keys(FESTIVALS), '春节'].join('|')
const BEFORE = new RegExp(`“?(${NAMES})”?(?:节|假期|长假|小长假)?(?:来临)?(?:之前|以前|前)(?![夕后期])`, 'y')

const BEGINS = new CharacterSet(['“', ...NAMES.split('|').map((name) => name[0] as string)])

/** `国庆节前`, `“七一”前`, `春节前` of a year: the day before it. Null where none begins there or the year's 春节 is not known. */
export function readBeforeFestival(text: string, at: number, year: number): Point | null {
  if (!BEGINS.holds(text, at)) return null
  BEFORE.lastIndex = at
  const found = BEFORE.exec(text)
  const day = found ? dayOf(found[1] as string, year) : null
  return day ? { end: BEFORE.lastIndex, first: isoDate(year, 1, 1), last: daysLater(day, -1) } : null
}

/** The same without a year: the next one after the date of issue. */
export function readNextFestival(text: string, at: number, base: TimeBase): TimeCore | null {
  const year = base.year ?? (base.issuedOn ? Number(base.issuedOn.slice(0, 4)) : null)
  if (year === null) return null
  const own = readBeforeFestival(text, at, year)
  if (!own) return null
  const found =
    base.issuedOn !== null && own.last < base.issuedOn ? (readBeforeFestival(text, at, year + 1) ?? own) : own
  const { end, first, last } = found
  return { end, first, last, relative: true, rule: 'festival', role: 'limit' }
}

function dayOf(name: string, year: number): string | null {
  if (name === '春节') return SPRING_FESTIVALS[year] ?? null
  const [month, day] = FESTIVALS[name] as readonly [number, number]
  return isoDate(year, month, day)
}
