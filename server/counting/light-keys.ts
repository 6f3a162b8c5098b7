import { LIGHTS } from '../../db/domain/lights.ts'
import { STATES } from '../../db/domain/states.ts'
import { isTracked } from '../../db/domain/tracking.ts'
import { LATE, lightCode, NO_LIGHT, type StandingColumns } from './columns.ts'
import type { UnitSet } from './unit-sets.ts'

/** Lights and, one after them, 逾期完成: `done` counts those that were done in time. */
export const KEYS = LIGHTS.length + 1
export const DONE = lightCode('done') - 1
export const DONE_LATE = LIGHTS.length

/** Where a light is counted: one that was done late apart. */
export const keyOf = (code: number, late: boolean): number => (code - 1 === DONE && late ? DONE_LATE : code - 1)

/** The light that is counted there, as the columns have it. */
const lightOfKey = (key: number): number => (key === DONE_LATE ? DONE : key) + 1

/** Where any of some lights is counted. */
export const keysOf = (lights: readonly number[]): ReadonlySet<number> =>
  new Set(Array.from({ length: KEYS }, (_, key) => key).filter((key) => lights.includes(lightOfKey(key))))

/** Tells each 主办 unit of a target and where its light is counted: that of its own line where it has one. */
export function eachMain({ main, lights }: UnitSet, key: number, tell: (unitId: number, key: number) => void): void {
  for (const unitId of main) {
    const own = lights.find((one) => one.unitId === unitId)
    tell(unitId, own === undefined ? key : keyOf(own.code, own.late))
  }
}

const tracked = Uint8Array.from(STATES, (state) => Number(isTracked(state)))

/** Where figures of the lights count a state with a light for the office; −1 where they do not. */
export const countedKey = (state: number, light: number, flags: number): number =>
  light === NO_LIGHT || tracked[state] === 0 ? -1 : keyOf(light, (flags & LATE) !== 0)

/** The same of a row of the columns. */
export const keyOfRow = ({ state, light, flags }: StandingColumns, row: number): number =>
  countedKey(state[row]!, light[row]!, flags[row]!)
