import { UNIT_ROLES, type UnitRole } from '../../db/domain/target-terms.ts'

/** A unit in one of its roles, as far as counts ask. */
interface UnitInRole {
  role: UnitRole
  /** Null where the name has not been resolved. */
  unitId: number | null
}

/** Role of a unit in a filter: `main` is 主办, who leads, and who answers where nobody leads. */
export type RoleFilter = UnitRole | 'main'

/** The units of a target; the same ones stand once, however many targets share them. */
interface UnitSet {
  /** Units by role, each once. */
  byRole: Record<RoleFilter, readonly number[]>
  /** Roles that some name has, resolved or not. */
  roles: Record<RoleFilter, boolean>
  /** 主办: who leads, and who answers where nobody leads. Each unit once. */
  main: readonly number[]
  /** Every unit with a part, each once. */
  all: readonly number[]
  /** 未对应单位: no leading or answering name has been resolved. */
  unresolved: boolean
}

/** Marks that are kept at hand: of the units that ask, and of filters. */
const MOST_KEPT = 200

/** Every set of units that some target had at some time, by a small number. */
export class UnitSets {
  readonly list: UnitSet[] = []
  private readonly numbers = new Map<string, number>()
  private readonly kept = new Map<string, Uint8Array>()
  /** What was read last: versions of a target follow each other, and most have the same units. */
  private last: { json: string; number: number } | null = null

  /** @param json a version's `units` */
  numberOfJson(json: string): number {
    if (this.last?.json !== json) this.last = { json, number: this.numberOf(JSON.parse(json) as UnitInRole[]) }
    return this.last.number
  }

  /**
   * By number of a set whether it is accepted. What was asked before is kept and goes on from there, because sets are only
   * ever added, and there may be as many as targets.
   * @param key names what is accepted: the same key, the same sets
   */
  marks(key: string, accept: (set: UnitSet) => boolean): Uint8Array {
    let kept = this.kept.get(key)
    if (kept === undefined || kept.length < this.list.length) {
      const marks = new Uint8Array(this.list.length)
      marks.set(kept ?? [])
      for (let i = kept?.length ?? 0; i < marks.length; i++) marks[i] = accept(this.list[i]!) ? 1 : 0
      if (this.kept.size >= MOST_KEPT) this.kept.clear()
      this.kept.set(key, (kept = marks))
    }
    return kept
  }

  /** Every set in the order of the numbers, as {@link addKey} reads it. */
  keys(): string[] {
    return [...this.numbers.keys()]
  }

  /** Adds a set that {@link keys} gave. */
  addKey(key: string): void {
    const units = key.split(',').flatMap((one): UnitInRole[] => {
      const role = UNIT_ROLES.find((name) => name.startsWith(one.charAt(0)))
      return one === '' || role === undefined ? [] : [{ role, unitId: one.length > 1 ? Number(one.slice(1)) : null }]
    })
    this.numberOf(units)
  }

  numberOf(units: readonly UnitInRole[]): number {
    const key = units.map(({ role, unitId }) => `${role.charAt(0)}${unitId ?? ''}`).join()
    let number = this.numbers.get(key)
    if (number === undefined) {
      number = this.list.length
      this.numbers.set(key, number)
      this.list.push(unitSet(units.map(({ role, unitId }) => ({ role, unitId }))))
    }
    return number
  }
}

const distinct = (units: readonly UnitInRole[]): number[] => [
  ...new Set(units.flatMap(({ unitId }) => (unitId === null ? [] : [unitId]))),
]

function unitSet(units: readonly UnitInRole[]): UnitSet {
  const inRole = (role: UnitRole) => units.filter((unit) => unit.role === role)
  const [lead, responsible, support] = [inRole('lead'), inRole('responsible'), inRole('support')]
  const main = lead.length > 0 ? lead : responsible
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
