import { eq, isNotNull, isNull, or } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { unitAliases, units } from '../../db/schema/index.ts'
import type { Stamp } from '../actor.ts'
import {
  type BodyName,
  compareBodies,
  groupKey,
  type Home,
  type NameRelation,
  readBody,
  tellingLetters,
} from '../rules/unit-names.ts'
import { readSetting } from '../settings/store.ts'
import { addAlias, refusedUnits, resolveUnit } from './units.ts'

/** A unit that a written name may mean. */
export interface NameProposal {
  unitId: number
  name: string
  relation: Exclude<NameRelation, 'different'>
}

/** The unit of a name where it is certain, else null; and all it may be, likeliest first. */
interface FoundName {
  unitId: number | null
  proposals: NameProposal[]
}

interface KnownUnit {
  id: number
  name: string
  bodies: BodyName[]
  groupKeys: Set<string>
}

/** Most units that are proposed for one name. */
const PROPOSALS = 5
const RANK = { same: 0, became: 1, likely: 2 } as const

/** What names say, remembered: the registry is read anew for every step, its names seldom change. */
const READ = new Map<string, BodyName | null>()
const READ_AT_MOST = 20_000

function read(name: string): BodyName | null {
  let body = READ.get(name)
  if (body === undefined) {
    if (READ.size >= READ_AT_MOST) READ.clear()
    READ.set(name, (body = readBody(name)))
  }
  return body
}

/**
 * Finds units by what their names mean (server/rules/unit-names.ts). The registry is read once, when first needed. A name that
 * says no place is of the office's own, as the setting names it, else as the only government of the registry tells.
 */
export class NameFinder {
  private registry: { units: KnownUnit[]; home: Home | null } | null = null

  /** @param given a place to take the names by, whatever the office's own is */
  constructor(
    private readonly db: Db,
    private readonly given: Home | null = null,
  ) {}

  /** The government whose office this is; null where nobody has told. */
  home(): Home | null {
    return this.read().home
  }

  private read(): { units: KnownUnit[]; home: Home | null } {
    this.registry ??= readRegistry(this.db, this.given)
    return this.registry
  }

  /**
   * An exact name or alias first; then the rule, certain only where it fits exactly one unit. Where a person has taken
   * the name from a unit, the rule was wrong about it once: that unit is not proposed, and no other is certain.
   */
  find(name: string): FoundName {
    const exact = resolveUnit(this.db, name)
    if (exact !== null) {
      const unit = this.db.select({ name: units.name }).from(units).where(eq(units.id, exact)).get()!
      return { unitId: exact, proposals: [{ unitId: exact, name: unit.name, relation: 'same' }] }
    }
    this.read()
    const group = groupKey(name)
    const refused = refusedUnits(this.db, name)
    const ranked = (group === null ? this.bodies(name) : this.groups(group)).filter(
      ({ unitId }) => !refused.has(unitId),
    )
    const best = ranked.filter(({ rank }) => rank === ranked[0]?.rank)
    const certain = best.length === 1 && best[0]?.relation !== 'likely' && refused.size === 0 ? best[0] : undefined
    return {
      unitId: certain?.unitId ?? null,
      proposals: ranked.slice(0, PROPOSALS).map(({ rank: _rank, ...proposal }) => proposal),
    }
  }

  private groups(key: string): (NameProposal & { rank: number })[] {
    const of = (wanted: string, relation: 'same' | 'likely') =>
      this.registry!.units.filter((unit) => unit.groupKeys.has(wanted)).map((unit) => ({
        unitId: unit.id,
        name: unit.name,
        relation,
        rank: RANK[relation],
      }))
    const same = of(key, 'same')
    // 有关县区 are some of 各县区
    return same.length > 0 || !key.startsWith(SOME) ? same : of(key.replace(SOME, ALL), 'likely')
  }

  private bodies(name: string): (NameProposal & { rank: number })[] {
    const written = read(name)
    const { units: known, home } = this.registry!
    const meant = written ? this.meant(written) : []
    if (meant.length > 0) return meant
    const contained = containing(known, name, home)
    return contained.length > 0 ? contained : resembling(known, name, home)
  }

  private meant(written: BodyName): (NameProposal & { rank: number })[] {
    const { units: known, home } = this.registry!
    return known
      .flatMap((unit) => {
        const relations = unit.bodies
          .map((body) => ranked(compareBodies(written, body, home), written, body, home))
          .filter((r) => r !== null)
        const best = relations.sort((a, b) => a.rank - b.rank)[0]
        return best ? [{ unitId: unit.id, name: unit.name, ...best }] : []
      })
      .sort((a, b) => a.rank - b.rank)
  }
}

/** How keys of groups begin: some of them, all of them. */
const [SOME, ALL] = ['有关', '各'] as const
/** Letters of a name that another has to contain to be proposed for it. */
const TELLING = 2

/** Where the rule knows nothing: units of which a name contains what is written, those of the own government first. */
function containing(known: readonly KnownUnit[], name: string, home: Home | null): (NameProposal & { rank: number })[] {
  const words = name.replace(/\s/g, '')
  if (words.length < TELLING) return []
  return known
    .filter((unit) => unit.name.includes(words))
    .map((unit) => ({
      unitId: unit.id,
      name: unit.name,
      relation: 'likely' as const,
      rank: RANK.likely + (unit.bodies.some((body) => isOf(body, home)) ? 0 : ELSEWHERE),
    }))
    .sort((a, b) => a.rank - b.rank)
}

/**
 * The last resort: units of the own government in whose name the telling letters stand in their order (住房城乡建 in 住房和城乡建设),
 * a single one at its beginning.
 */
function resembling(known: readonly KnownUnit[], name: string, home: Home | null): (NameProposal & { rank: number })[] {
  const { level, letters } = tellingLetters(name)
  if (letters === '' || (level !== '' && level !== home?.level)) return []
  return known
    .filter((unit) => unit.bodies.some((body) => isOf(body, home)))
    .filter((unit) => {
      const others = tellingLetters(unit.name).letters
      return letters.length === 1 ? others.startsWith(letters) : standInOrder(letters, others)
    })
    .map((unit) => ({ unitId: unit.id, name: unit.name, relation: 'likely' as const, rank: RANK.likely }))
}

/** Whether all letters stand in the words, one behind the other. */
function standInOrder(letters: string, words: string): boolean {
  let at = 0
  for (const letter of letters) {
    at = words.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}

const isOf = (body: BodyName, home: Home | null) =>
  home !== null && body.level === home.level && (body.place === '' || body.place === home.place)
/** A likely unit of another government stands behind those of the own one. */
const ELSEWHERE = 0.5

/** Of several successors the nearest stands first: 扶贫 became 乡村振兴 before it became 农业农村. */
function ranked(
  relation: NameRelation,
  written: BodyName,
  known: BodyName,
  home: Home | null,
): { relation: NameProposal['relation']; rank: number } | null {
  if (relation === 'different') return null
  return {
    relation,
    rank:
      RANK[relation] +
      (relation === 'became' ? written.line.indexOf(known.line[0] ?? '') / 100 : 0) +
      (relation === 'likely' && !isOf(known, home) ? ELSEWHERE : 0),
  }
}

function readRegistry(db: Db, given: Home | null): { units: KnownUnit[]; home: Home | null } {
  // Who has been dissolved without a successor is not proposed for new work.
  const rows = db
    .select()
    .from(units)
    .where(or(isNull(units.archivedAt), isNotNull(units.successorId)))
    .all()
  const names = new Map<number, string[]>(rows.map((unit) => [unit.id, [unit.name]]))
  // Not what the rule itself has concluded: it must not build upon its own conclusions.
  for (const { unitId, name } of db.select().from(unitAliases).where(eq(unitAliases.source, 'person')).all())
    names.get(unitId)?.push(name)
  const parents = new Map(rows.map((unit) => [unit.id, unit]))
  const known = rows.map((unit) => {
    const called = names.get(unit.id) ?? []
    const parent = unit.parentId === null ? undefined : parents.get(unit.parentId)
    const own = unit.kind === 'group' ? [] : called.map(read).filter((body) => body !== null)
    const places = [...own, ...(parent ? [read(parent.name)] : [])].filter(
      (body) => body !== null && body.place !== '',
    ) as BodyName[]
    return {
      id: unit.id,
      name: unit.name,
      groupKeys: new Set(unit.kind === 'group' ? called.map(groupKey).filter((key) => key !== null) : []),
      bodies: own.map((body) => ({
        ...body,
        place: body.place || (places.find(({ level }) => level === body.level)?.place ?? ''),
      })),
      top: unit.parentId === null,
    }
  })
  const governments = known.filter(({ top, bodies }) => top && bodies[0]?.body === '政府' && bodies[0].place !== '')
  const told = readBody(`${readSetting(db, 'office').place}人民政府`)
  const home = given ?? (told?.place ? told : governments.length === 1 ? governments[0]!.bodies[0]! : null)
  return { units: known, home: home && { place: home.place, level: home.level } }
}

/**
 * The unit of a written name, null where a person must say. What the rule has found is remembered as an alias of its
 * own source, so that a person sees it among the unit's names and can take it back.
 */
export function resolveName(tx: Db, stamp: Stamp, name: string, finder = new NameFinder(tx)): number | null {
  const { unitId } = finder.find(name)
  if (unitId !== null && resolveUnit(tx, name) === null) addAlias(tx, stamp, unitId, name, 'rule')
  return unitId
}

/** The same for all names of an import: afterwards every name that is certain is an alias of its unit. */
export function rememberNames(tx: Db, stamp: Stamp, names: Iterable<string>): void {
  const finder = new NameFinder(tx)
  for (const name of names) resolveName(tx, stamp, name, finder)
}
