import { type BodyName, type Home, readBody } from '../rules/unit-names.ts'
import type { Db } from '../../db/open.ts'
import type { Stamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { invalid } from '../errors.ts'
import { loadSetting, readSetting, writeSetting } from '../settings/store.ts'
import { NameFinder } from './name-finder.ts'
import { applyName, unresolvedNames } from './target-units.ts'
import { addAlias, createUnit } from './units.ts'
import { writeVersion } from './versions.ts'

/** A name that says its level and no place, and what it means where the office's place is meant. */
interface PlacelessName {
  name: string
  /** With the place: 霁川市科学技术局 for 市科学技术局. */
  full: string
  /** The unit that is called so; null where none is registered yet. */
  unit: { id: number; name: string } | null
  targets: number
}

/** The one question for all of them: are they of this place? */
interface HomeQuestion {
  /** Place with its level: 霁川市; empty where nothing tells which it may be. */
  place: string
  names: PlacelessName[]
}

const isOf = (body: BodyName | null, home: Home): boolean => body?.place === home.place && body.level === home.level

/** Levels below the nation: their bodies are named without the place in the office's own documents. */
const isLocal = ({ level }: BodyName) => level !== '' && level !== '国家'

/**
 * All names of open documents that say no place, as those of one place: the one that is named, else the office's own as far
 * as it is known. Null where there are none.
 * @throws {Problem} 400 where `named` is no place with its level
 */
export function homeQuestion(db: Db, named?: string): HomeQuestion | null {
  const open = unresolvedNames(db).flatMap(({ name, targets }) => {
    const body = readBody(name)
    return body !== null && body.place === '' && isLocal(body) ? [{ name, targets, body }] : []
  })
  if (open.length === 0) return null
  const home = named === undefined ? likelyHome(db) : homeOf(named)
  if (home === null) return { place: '', names: [] }
  const finder = new NameFinder(db, home)
  const names = open.flatMap(({ name, targets, body }): PlacelessName[] => {
    if (body.level !== home.level) return []
    const full = withPlace(name, home)
    const { unitId, proposals } = finder.find(name)
    const found = proposals.find((one) => one.unitId === unitId)
    // 市教委 may be 霁川市教育局: it is asked about singly, lest the unit stand twice in the registry
    if (!found && proposals.some((one) => isOf(readBody(one.name), home))) return []
    return [{ name, full, targets, unit: found ? { id: found.unitId, name: found.name } : null }]
  })
  // Nothing to ask where the place is known and the names are of another level.
  return named === undefined && names.length === 0 ? null : { place: `${home.place}${home.level}`, names }
}

/**
 * Settles all of them at once: the office is of this place from now on, the names that a unit bears are its aliases, and for
 * those in `create` a unit is made under its full name.
 * @returns the unit of each name that is settled, and how many targets it was in
 * @throws {Problem} 400 where it is no place with its level
 */
export function settleHome(
  tx: Db,
  stamp: Stamp,
  place: string,
  create: readonly string[],
): { items: { name: string; unitId: number }[]; targets: number } {
  const question = homeQuestion(tx, place)
  const office = loadSetting(tx, 'office')
  if (office.value.place !== place) writeSetting(tx, stamp, 'office', { ...office.value, place }, office.version)
  const settled = (question?.names ?? []).flatMap(({ name, full, unit }) => {
    if (unit === null && !create.includes(name)) return []
    // A name that is written in two ways is one unit: the first of them has made it.
    const known = unit ?? new NameFinder(tx).find(name)
    const unitId = 'id' in known ? known.id : (known.unitId ?? createUnit(tx, stamp, { name: full }).id)
    addAlias(tx, stamp, unitId, name)
    const touched = applyName(tx, name, unitId)
    appendAudit(tx, stamp, 'unit.resolve', 'unit', unitId, null, { name, place, targets: touched })
    return [{ name, unitId, touched }]
  })
  const touched = [...new Set(settled.flatMap((one) => one.touched))]
  writeVersion(tx, touched, 'resolve-name', stamp)
  return { items: settled.map(({ name, unitId }) => ({ name, unitId })), targets: touched.length }
}

/** 400 for words that name no place with its level. */
function homeOf(place: string): Home {
  const home = placeOf(place)
  if (home === null) throw invalid([{ path: 'place', message: `“${place}”应为带级别的地名，例如霁川市、望川县` }])
  return home
}

/** Place and level of a government by the name of the place: 霁川市. */
function placeOf(place: string): Home | null {
  const body = readBody(`${place}人民政府`)
  return body?.body === '政府' && body.place !== '' && `${body.place}${body.level}` === place
    ? { place: body.place, level: body.level }
    : null
}

/** What the office has said, else what the registry or the office's own name tells. */
function likelyHome(db: Db): Home | null {
  const office = readSetting(db, 'office')
  const told = readBody(office.name)
  return (
    new NameFinder(db).home() ?? (told !== null && told.place !== '' ? { place: told.place, level: told.level } : null)
  )
}

/** The name with the place before its level: 市科学技术局 → 霁川市科学技术局, 中共市委组织部 → 中共霁川市委组织部. */
const withPlace = (name: string, { place, level }: Home): string => {
  const at = name.indexOf(level)
  return `${name.slice(0, at)}${place}${name.slice(at)}`
}
