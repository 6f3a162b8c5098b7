import { isMember } from '../../db/domain/answering-units.ts'
import { UNIT_ROLES, type UnitRole } from '../../db/domain/target-terms.ts'
import { readVersionUnits } from '../../db/version-units.ts'

/** A unit in one of its roles, as far as counts ask. */
interface UnitInRole {
  role: UnitRole
  /** Null where the name has not been resolved. */
  unitId: number | null
  /** The group as whose member it has the target. */
  groupId?: number | null
}

/** Lights of units that report on a target separately, each of its own line; in the order of their numbers. */
type OwnLights = readonly {
  unitId: number
  /** As the columns have it. */
  code: number
  late: boolean
  hasValue: boolean
}[]

/** Role of a unit in a filter: `main` is 主办: who leads, or answers where nobody leads, and every member of a group. */
export type RoleFilter = UnitRole | 'main'

/** The units of a target; the same ones stand once, however many targets share them. */
export interface UnitSet {
  /** Units by role, each once. */
  byRole: Record<RoleFilter, readonly number[]>
  /** Roles that some name has, resolved or not. */
  roles: Record<RoleFilter, boolean>
  /** 主办: who leads, or answers where nobody leads, and every member of a group for its own part. Each unit once. */
  main: readonly number[]
  /** Every unit with a part, each once. */
  all: readonly number[]
  /** 未对应单位: no leading or answering name has been resolved. */
  unresolved: boolean
  /** Lights of single units at that time; empty where one line is kept for the target. */
  lights: OwnLights
}

/** No unit has this number. */
export const SEVERAL = -1

/** Ends the key of a unit that has the target as a member of a group. */
const MEMBER = 'm'

/** Marks that are kept at hand: of the units that ask, and of filters. */
const MOST_KEPT = 200

/** Every set of units that some target had at some time, by a small number. */
export class UnitSets {
  readonly list: UnitSet[] = []
  private readonly keyList: string[] = []
  private readonly numbers = new Map<string, number>()
  private readonly kept = new Map<string, { marks: Uint8Array; told: number }>()
  /** By unit the sets in which it has a part or a light, in the order of their numbers. */
  private readonly ofUnit = new Map<number, number[]>()
  /** The units of all sets one after the other, and where those of each set begin. To be read at once: another set may move them. */
  flat = new Int32Array(1024)
  begins = new Int32Array(1024)
  /** Whether some set has lights of single units. */
  private lit = false
  private soleMains = new Int32Array(1024)
  /** What was read last: versions of a target follow each other, and most have the same units. */
  private last: { json: string; number: number } | null = null

  /** @param json a version's `units` as they are stored */
  numberOfJson(json: string): number {
    if (this.last?.json !== json) this.last = { json, number: this.numberOf(readVersionUnits(json)) }
    return this.last.number
  }

  /** The same set at a time at which single units had these lights. */
  withLights(set: number, lights: OwnLights): number {
    if (lights.length === 0) return set
    const key = `${this.keyList[set]!}|${lights.map((one) => `${one.unitId}:${one.code}${Number(one.late)}${Number(one.hasValue)}`).join()}`
    return this.numberFor(key, () => ({ ...this.list[set]!, lights }))
  }

  /**
   * By number of a set what is told of it, 1 where it is accepted. What was asked before is kept and goes on from there,
   * because sets are only ever added, and there may be as many as targets. To be read at once, like {@link soleMain}.
   * @param key names what is asked: the same key, the same answers
   * @param units only sets in which one of these has a part are asked about, all others are told 0; null asks about all
   */
  marks(key: string, tell: (set: UnitSet) => boolean | number, units: Iterable<number> | null = null): Uint8Array {
    const { length } = this.list
    const kept = this.kept.get(key) ?? { marks: new Uint8Array(0), told: 0 }
    if (kept.told < length) {
      if (kept.marks.length < length) kept.marks = longer(kept.marks, length)
      const ask = (i: number) => (kept.marks[i] = Number(tell(this.list[i]!)))
      if (units === null) for (let i = kept.told; i < length; i++) ask(i)
      else for (const unitId of units) for (const i of this.of(unitId, kept.told)) ask(i)
      kept.told = length
    }
    this.kept.delete(key)
    this.kept.set(key, kept) // last: the first is the one that was asked longest ago
    if (this.kept.size > MOST_KEPT) for (const oldest of this.kept.keys()) return (this.kept.delete(oldest), kept.marks)
    return kept.marks
  }

  /** The sets from a number on in which the unit has a part. */
  private of(unitId: number, from: number): readonly number[] {
    const all = this.ofUnit.get(unitId) ?? []
    let first = all.length
    while (first > 0 && all[first - 1]! >= from) first--
    return first === 0 ? all : all.slice(first)
  }

  /** By number of a set whether no leading or answering name has been resolved in it. */
  get unresolved(): Uint8Array {
    return this.marks('unresolved', (set) => set.unresolved)
  }

  /** Whether a unit may have a light of its own in some set. */
  get hasOwnLights(): boolean {
    return this.lit
  }

  /**
   * By number of a set the one unit that is 主办 and has no light of its own; {@link SEVERAL} where {@link UnitSet.main} has
   * to be looked at. To be read at once: another set may move it.
   */
  get soleMain(): Int32Array {
    return this.soleMains
  }

  /** Every set in the order of the numbers, as {@link addKey} reads it. */
  keys(): string[] {
    return [...this.keyList]
  }

  /** Adds a set that {@link keys} gave. */
  addKey(key: string): void {
    const [named = '', lit] = key.split('|')
    const units = named.split(',').flatMap((one): UnitInRole[] => {
      const role = UNIT_ROLES.find((name) => name.startsWith(one.charAt(0)))
      if (one === '' || role === undefined) return []
      const [unit, groupId] = one.endsWith(MEMBER) ? [one.slice(1, -1), 0] : [one.slice(1), null]
      return [{ role, unitId: unit === '' ? null : Number(unit), groupId }]
    })
    const set = this.numberOf(units)
    const lights = (lit ?? '').split(',').flatMap((one) => {
      const [unitId, [code, late, hasValue] = ''] = one.split(':')
      return code === undefined
        ? []
        : [{ unitId: Number(unitId), code: Number(code), late: late === '1', hasValue: hasValue === '1' }]
    })
    this.withLights(set, lights)
  }

  numberOf(units: readonly UnitInRole[]): number {
    const key = units
      .map(({ role, unitId, groupId }) => `${role.charAt(0)}${unitId ?? ''}${groupId == null ? '' : MEMBER}`)
      .join()
    return this.numberFor(key, () => unitSet(units))
  }

  private numberFor(key: string, set: () => UnitSet): number {
    let number = this.numbers.get(key)
    if (number === undefined) {
      number = this.list.length
      this.numbers.set(key, number)
      this.keyList.push(key)
      const made = set()
      this.list.push(made)
      for (const unitId of new Set([...made.all, ...made.lights.map((own) => own.unitId)])) this.noteOf(unitId, number)
      this.noteUnits(number, made.all)
      if (made.lights.length > 0) this.lit = true
      this.noteSole(number)
    }
    return number
  }

  private noteOf(unitId: number, number: number): void {
    const sets = this.ofUnit.get(unitId)
    if (sets === undefined) this.ofUnit.set(unitId, [number])
    else sets.push(number)
  }

  private noteUnits(number: number, unitIds: readonly number[]): void {
    const begin = this.begins[number]!
    this.begins = withRoom(this.begins, number + 1)
    this.begins[number + 1] = begin + unitIds.length
    this.flat = withRoom(this.flat, begin + unitIds.length)
    this.flat.set(unitIds, begin)
  }

  private noteSole(number: number): void {
    this.soleMains = withRoom(this.soleMains, number)
    const { main, lights } = this.list[number]!
    this.soleMains[number] = main.length === 1 && lights.length === 0 ? main[0]! : SEVERAL
  }
}

/** The same numbers, with room for one more at `index`. */
function withRoom(numbers: Int32Array<ArrayBuffer>, index: number): Int32Array<ArrayBuffer> {
  if (index < numbers.length) return numbers
  const grown = new Int32Array(2 * index)
  grown.set(numbers)
  return grown
}

/** The same marks with room for more than `needed`, so that one more set moves them seldom. */
function longer(marks: Uint8Array, needed: number): Uint8Array {
  const room = new Uint8Array(Math.ceil(needed * 1.1))
  room.set(marks)
  return room
}

const distinct = (units: readonly UnitInRole[]): number[] => [
  ...new Set(units.flatMap(({ unitId }) => (unitId === null ? [] : [unitId]))),
]

function unitSet(units: readonly UnitInRole[]): UnitSet {
  const inRole = (role: UnitRole) => units.filter((unit) => unit.role === role)
  const [lead, responsible, support] = [inRole('lead'), inRole('responsible'), inRole('support')]
  const named = lead.length > 0 ? lead : responsible
  const main = [...named, ...units.filter((unit) => isMember(unit) && !named.includes(unit))]
  const byRole = {
    lead: distinct(lead),
    responsible: distinct(responsible),
    support: distinct(support),
    main: distinct(main),
  }
  return {
    byRole,
    roles: {
      lead: lead.length > 0,
      responsible: responsible.length > 0,
      support: support.length > 0,
      main: main.length > 0,
    },
    main: byRole.main,
    all: distinct(units),
    unresolved: byRole.lead.length === 0 && byRole.responsible.length === 0,
    lights: [],
  }
}

/** Whether one of the units has one of the roles; no units or no roles stand for any. */
export function hasPart(
  set: UnitSet,
  unitIds: ReadonlySet<number> | null,
  roles: readonly RoleFilter[] | null,
): boolean {
  if (unitIds === null) {
    if (roles === null) return true
    for (const role of roles) if (set.roles[role]) return true
    return false
  }
  if (roles === null) return isAmong(set.all, unitIds)
  for (const role of roles) if (isAmong(set.byRole[role], unitIds)) return true
  return false
}

function isAmong(units: readonly number[], wanted: ReadonlySet<number>): boolean {
  for (const unit of units) if (wanted.has(unit)) return true
  return false
}
