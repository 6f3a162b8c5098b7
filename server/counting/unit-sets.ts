import { isMember } from '../../db/domain/answering-units.ts'
import { UNIT_ROLES, type UnitRole } from '../../db/domain/target-terms.ts'
import { readUnitRoles } from '../../db/version-units.ts'

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
type RoleFilter = UnitRole | 'main'

/** In the order of their bits in {@link UnitSets.parts}. */
export const ROLE_FILTERS = ['main', 'lead', 'responsible', 'support'] as const satisfies readonly RoleFilter[]

/** Bits of some roles; of all where none are named. */
export const roleBits = (roles: readonly RoleFilter[] | null): number =>
  (roles ?? ROLE_FILTERS).reduce((bits, role) => bits | (1 << ROLE_FILTERS.indexOf(role)), 0)

/** The light of a unit's own line in one number: its code, and above it what else is told of it. */
export const ownLightCode = ({ code, late, hasValue }: OwnLights[number]): number =>
  code + (late ? OWN_LATE : 0) + (hasValue ? OWN_VALUE : 0)
export const OWN_CODE = 15
export const OWN_LATE = 16
export const OWN_VALUE = 32

/** The sets in which a unit has a part or a light, in the order of their numbers, and what it has in each. */
class SetsOfUnit {
  length = 0
  sets = new Int32Array(16)
  /** Its roles as bits ({@link roleBits}). */
  parts = new Uint8Array(16)
  /** The light of its own line ({@link ownLightCode}); 0 where it has none. */
  lights = new Uint8Array(16)

  add(set: number, parts: number, light: number): void {
    const at = this.length++
    this.sets = withRoom(this.sets, at)
    this.parts = withRoom(this.parts, at)
    this.lights = withRoom(this.lights, at)
    this.sets[at] = set
    this.parts[at] = parts
    this.lights[at] = light
  }
}

/** The units of a target; the same ones stand once, however many targets share them. There may be as many as targets: nothing else is kept of each. */
export interface UnitSet {
  /** 主办: who leads, or answers where nobody leads, and every member of a group for its own part. Each unit once. */
  main: readonly number[]
  /** Every unit with a part, each once. */
  all: readonly number[]
  /** Lights of single units at that time; empty where one line is kept for the target. */
  lights: OwnLights
}

/** What a new set is noted by, and what is kept of it. */
interface NewSet extends UnitSet {
  /** Units by role, each once. */
  byRole: Record<RoleFilter, readonly number[]>
  /** Roles that some name has, resolved or not. */
  roles: Record<RoleFilter, boolean>
  /** 未对应单位: no leading or answering name has been resolved. */
  unresolved: boolean
}

const NO_LIGHTS: OwnLights = []

/** No unit has this number. */
export const SEVERAL = -1

/** Ends the key of a unit that has the target as a member of a group. */
const MEMBER = 'm'

/** Answers that are kept at hand: of the units that ask, and of filters. */
const MOST_KEPT = 60

/** Every set of units that some target had at some time, by a small number. */
export class UnitSets {
  readonly list: UnitSet[] = []
  private readonly keyList: string[] = []
  private readonly numbers = new Map<string, number>()
  private readonly kept = new Map<string, { marks: Uint8Array; told: number }>()
  private readonly ofUnit = new Map<number, SetsOfUnit>()
  /** The units of all sets one after the other, and where those of each set begin. To be read at once: another set may move them. */
  flat = new Int32Array(1024)
  begins = new Int32Array(1024)
  /** By number of a set 1 where single units have lights of their own. To be read at once: another set may move it. */
  lit = new Uint8Array(1024)
  private isLit = false
  private soleMains = new Int32Array(1024)
  /** Roles that some name has as bits, resolved or not. */
  private roles = new Uint8Array(1024)
  private unresolvedSets = new Uint8Array(1024)
  /** What was read last: versions of a target follow each other, and most have the same units. */
  private last: { json: string; number: number } | null = null
  /** The set that was made last: the next one is often the same at a time at which single units have other lights. */
  private made: { number: number; set: NewSet } | null = null

  /** @param json a version's `units` as they are stored */
  numberOfJson(json: string): number {
    if (this.last?.json !== json) this.last = { json, number: this.numberOf(readUnitRoles(json)) }
    return this.last.number
  }

  /** The same set at a time at which single units had these lights. */
  withLights(set: number, lights: OwnLights): number {
    if (lights.length === 0) return set
    const key = `${this.keyList[set]!}|${lights.map((one) => `${one.unitId}:${one.code}${Number(one.late)}${Number(one.hasValue)}`).join()}`
    return this.numberFor(key, () => ({
      ...(this.made?.number === set ? this.made.set : newSet(unitsOfKey(this.keyList[set]!))),
      lights,
    }))
  }

  /**
   * By number of a set the roles that some of the units have in it, as bits ({@link roleBits}); null asks for the roles that
   * any name has, resolved or not. To be read at once: another set may move it.
   */
  parts(unitIds: ReadonlySet<number> | null): Uint8Array {
    if (unitIds === null) return this.roles
    const of = [...unitIds].sort((a, b) => a - b)
    return this.marks(`parts of ${of.join()}`, of, ({ parts }, i) => parts[i]!)
  }

  /** By number of a set the light of the unit's own line ({@link ownLightCode}); 0 where it has none. To be read at once. */
  lightsOf(unitId: number): Uint8Array {
    return this.marks(`light of ${unitId}`, [unitId], ({ lights }, i) => lights[i]!)
  }

  /**
   * By number of a set what the units have in it, 0 where they have nothing. What was asked before is kept and goes on from
   * there, because sets are only ever added, and there may be as many as targets.
   * @param key names what is asked: the same key, the same answers
   */
  private marks(key: string, unitIds: readonly number[], tell: (of: SetsOfUnit, i: number) => number): Uint8Array {
    const { length } = this.list
    const kept = this.kept.get(key) ?? { marks: new Uint8Array(0), told: 0 }
    if (kept.told < length) {
      if (kept.marks.length < length) kept.marks = longer(kept.marks, length)
      for (const unitId of unitIds) {
        const of = this.ofUnit.get(unitId)
        if (of === undefined) continue
        for (let i = of.length - 1; i >= 0 && of.sets[i]! >= kept.told; i--) kept.marks[of.sets[i]!]! |= tell(of, i)
      }
      kept.told = length
    }
    this.kept.delete(key)
    this.kept.set(key, kept) // last: the first is the one that was asked longest ago
    if (this.kept.size > MOST_KEPT) for (const oldest of this.kept.keys()) return (this.kept.delete(oldest), kept.marks)
    return kept.marks
  }

  /** By number of a set whether no leading or answering name has been resolved in it. To be read at once. */
  get unresolved(): Uint8Array {
    return this.unresolvedSets
  }

  /** Whether a unit may have a light of its own in some set. */
  get hasOwnLights(): boolean {
    return this.isLit
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
    const set = this.numberOf(unitsOfKey(named))
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
    return this.numberFor(key, () => newSet(units))
  }

  private numberFor(key: string, set: () => NewSet): number {
    let number = this.numbers.get(key)
    if (number === undefined) {
      number = this.list.length
      this.numbers.set(key, number)
      this.keyList.push(key)
      const made = set()
      if (made.lights.length === 0) this.made = { number, set: made }
      this.list.push({ main: made.main, all: made.all, lights: made.lights })
      this.noteOfUnits(number, made)
      this.noteUnits(number, made.all)
      this.lit = withRoom(this.lit, number)
      this.lit[number] = Number(made.lights.length > 0)
      if (made.lights.length > 0) this.isLit = true
      this.noteSole(number)
      this.roles = withRoom(this.roles, number)
      this.roles[number] = bitsWhere((role) => made.roles[role])
      this.unresolvedSets = withRoom(this.unresolvedSets, number)
      this.unresolvedSets[number] = Number(made.unresolved)
    }
    return number
  }

  private noteOfUnits(number: number, { all, byRole, lights }: NewSet): void {
    for (const unitId of new Set([...all, ...lights.map((own) => own.unitId)])) {
      let of = this.ofUnit.get(unitId)
      if (of === undefined) this.ofUnit.set(unitId, (of = new SetsOfUnit()))
      const own = lights.find((one) => one.unitId === unitId)
      const parts = bitsWhere((role) => byRole[role].includes(unitId))
      of.add(number, parts, own === undefined ? 0 : ownLightCode(own))
    }
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
function withRoom<A extends Int32Array | Uint8Array>(numbers: A, index: number): A {
  if (index < numbers.length) return numbers
  const grown = new (numbers.constructor as new (size: number) => A)(2 * index)
  grown.set(numbers)
  return grown
}

const bitsWhere = (accept: (role: RoleFilter) => boolean): number => roleBits(ROLE_FILTERS.filter(accept))

/** The same marks with room for more than `needed`, so that one more set moves them seldom. */
function longer(marks: Uint8Array, needed: number): Uint8Array {
  const room = new Uint8Array(Math.ceil(needed * 1.1))
  room.set(marks)
  return room
}

const distinct = (units: readonly UnitInRole[]): number[] => [
  ...new Set(units.flatMap(({ unitId }) => (unitId === null ? [] : [unitId]))),
]

/** The units that the first part of a key names ({@link UnitSets.keys}). */
const unitsOfKey = (key: string): UnitInRole[] =>
  (key.split('|', 1)[0] as string).split(',').flatMap((one): UnitInRole[] => {
    const role = UNIT_ROLES.find((name) => name.startsWith(one.charAt(0)))
    if (one === '' || role === undefined) return []
    const [unit, groupId] = one.endsWith(MEMBER) ? [one.slice(1, -1), 0] : [one.slice(1), null]
    return [{ role, unitId: unit === '' ? null : Number(unit), groupId }]
  })

function newSet(units: readonly UnitInRole[]): NewSet {
  const inRole = (role: UnitRole) => units.filter((unit) => unit.role === role)
  const [lead, responsible, support] = [inRole('lead'), inRole('responsible'), inRole('support')]
  const named = lead.length > 0 ? lead : responsible
  const main = [...named, ...units.filter((unit) => isMember(unit) && !named.includes(unit))]
  const all = distinct(units)
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
    // Most targets have only units that are 主办: one list for both.
    all: byRole.main.length === all.length && all.every((unitId, i) => byRole.main[i] === unitId) ? byRole.main : all,
    unresolved: byRole.lead.length === 0 && byRole.responsible.length === 0,
    lights: NO_LIGHTS,
  }
}
