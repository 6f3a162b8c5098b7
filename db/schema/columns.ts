import { customType } from 'drizzle-orm/sqlite-core'
import { dateOf, instantOf, type Stored, storedDay, storedInstant, storedWord, wordsOf } from '../stored.ts'
import { readVersionUnits, type VersionUnit, writeVersionUnits } from '../version-units.ts'

// A placeholder may bring null, which drizzle hands on: it stays what it is.
const ifText = (store: (text: string) => Stored) => (value: string) =>
  typeof value === 'string' ? store(value) : (value as Stored)

/** An instant, UTC ISO with milliseconds; lies in the table as milliseconds since 1970. */
export const instant = customType<{ data: string; driverData: Stored }>({
  dataType: () => 'integer',
  toDriver: ifText(storedInstant),
  fromDriver: instantOf,
})

/** A date `YYYY-MM-DD` in Asia/Shanghai; lies in the table as days since 1970. */
export const day = customType<{ data: string; driverData: Stored }>({
  dataType: () => 'integer',
  toDriver: ifText(storedDay),
  fromDriver: dateOf,
})

/** The units of a target in one of its versions. */
export const versionUnits = customType<{ data: VersionUnit[]; driverData: string }>({
  dataType: () => 'text',
  toDriver: writeVersionUnits,
  fromDriver: readVersionUnits,
})

/** One of a few words; lies in the table as its number. */
export const word = <W extends string>(name: string, codes: Readonly<Record<W, number>>) =>
  customType<{ data: W; driverData: Stored }>({
    dataType: () => 'integer',
    toDriver: (value) => storedWord(codes, value),
    fromDriver: wordsOf(codes),
  })(name)
