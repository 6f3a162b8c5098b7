/**
 * How dates, instants and words of a few lie in the large tables: as small numbers, which take a quarter of the room of their
 * text and stand in the same order. The program has the texts everywhere; db/schema/columns.ts turns one into the other, and
 * statements written by hand do it with the functions here. What is not exactly such a text is stored as it came.
 */
import { LIGHT_CODES } from './domain/lights.ts'
import type { ReportSource, ReportStatus } from './domain/report-terms.ts'
import type { State } from './domain/states.ts'

const DAY_MS = 86_400_000
const SHANGHAI_OFFSET_MS = 8 * 3_600_000

/** An instant or a date as a column holds it: a number, or a text that is neither. */
export type Stored = number | string

/** An instant (UTC ISO with milliseconds) as milliseconds since 1970. */
export function storedInstant(text: string): Stored {
  const number = Date.parse(text)
  return !Number.isNaN(number) && new Date(number).toISOString() === text ? number : text
}

/** The text of a stored instant. */
export const instantOf = (stored: Stored): string =>
  typeof stored === 'number' ? new Date(stored).toISOString() : stored

/** The number of the day in Shanghai on which a stored instant lies, counted from 1970. */
export const shanghaiDayOf = (stored: Stored): number =>
  Math.floor(((typeof stored === 'number' ? stored : Date.parse(stored)) + SHANGHAI_OFFSET_MS) / DAY_MS)

/** A date (`YYYY-MM-DD`) as days since 1970. */
export function storedDay(text: string): Stored {
  let day = days.get(text)
  if (day === undefined) remember(days, text, (day = dayOf(text)))
  return day
}

/** The text of a stored date. */
export function dateOf(stored: Stored): string {
  if (typeof stored !== 'number') return stored
  let text = texts.get(stored)
  if (text === undefined) remember(texts, stored, (text = new Date(stored * DAY_MS).toISOString().slice(0, 10)))
  return text
}

/** {@link instantOf} and {@link dateOf} of a column that may be empty. */
export const instantOrNull = (stored: Stored | null): string | null => (stored === null ? null : instantOf(stored))
export const dateOrNull = (stored: Stored | null): string | null => (stored === null ? null : dateOf(stored))

function dayOf(text: string): Stored {
  const number = Date.parse(`${text}T00:00:00.000Z`) / DAY_MS
  return Number.isInteger(number) && new Date(number * DAY_MS).toISOString().slice(0, 10) === text ? number : text
}

/** Dates met so far, some centuries of them: the same few come again and again. */
const days = new Map<string, Stored>()
const texts = new Map<number, string>()
const MOST_REMEMBERED = 100_000

function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (map.size >= MOST_REMEMBERED) map.clear()
  map.set(key, value)
}

/** A word of a few as its number, or as it came where it is none of them. */
export const storedWord = <W extends string>(codes: Readonly<Record<W, number>>, word: W): Stored => codes[word] ?? word

/** The words of stored numbers. */
export function wordsOf<W extends string>(codes: Readonly<Record<W, number>>): (stored: Stored) => W {
  const words = new Map<Stored, string>(Object.entries<number>(codes).map(([word, code]) => [code, word]))
  return (stored) => (words.get(stored) ?? stored) as W
}

// These numbers lie in databases: a new word gets a new one, never another's. 0 and 1 take no room in a row.
export const REPORT_STATUS_CODES: Readonly<Record<ReportStatus, number>> = {
  draft: 0,
  approved: 1,
  submitted: 2,
  returned: 3,
  withdrawn: 4,
}
export const REPORT_SOURCE_CODES: Readonly<Record<ReportSource, number>> = { unit: 0, statistics: 1 }
export const STATE_CODES: Readonly<Record<State, number>> = {
  extracted: 0,
  confirmed: 1,
  assigned: 2,
  signed: 3,
  in_progress: 4,
  reported: 5,
  met: 6,
  closed: 7,
  suspended: 8,
  dropped: 9,
  merged: 10,
  returned: 11,
}
export const lightFrom = wordsOf(LIGHT_CODES)
export const reportStatusFrom = wordsOf(REPORT_STATUS_CODES)

/** The numbers of some statuses of reports as a statement has them behind `in`. */
export const statusIn = (...statuses: readonly ReportStatus[]): string =>
  `(${statuses.map((status) => REPORT_STATUS_CODES[status]).join(', ')})`
