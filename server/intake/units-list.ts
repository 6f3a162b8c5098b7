import { UNIT_LEVEL_TITLES, UNIT_LEVELS, type UnitLevel } from '../../db/domain/intake-terms.ts'
import type { Db } from '../../db/open.ts'
import type { Stamp } from '../actor.ts'
import { Problem } from '../errors.ts'
import { unitKey } from '../../db/domain/unit-key.ts'
import { addAlias, createUnit, getUnit, listUnits, type UnitChange, updateUnit } from '../core/units.ts'
import { groupKey } from '../rules/unit-names.ts'
import { type ListRow, namesIn, said } from './grid.ts'
import { type Evaluated, factsOf, verdictOf } from './preview.ts'
import type { Keeper } from './keeper.ts'

/** A unit as a row says it; parents and successors by name, because they may stand in the same list. */
export interface UnitRecord {
  id: number | null
  name: string
  shortName: string | null
  aliases: string[]
  parent: string | null
  successor: string | null
  level: UnitLevel | null
  sequence: number | null
  /** Names of the groups whose member it is. */
  groups: string[]
}

/** Longest name of a unit; the same as for one that is typed. */
const LONGEST_NAME = 60

/** Of what is missing so many are named. */
const MOST_NAMED = 5

const LEVEL_WORDS: Readonly<Record<string, UnitLevel>> = {
  ...Object.fromEntries(UNIT_LEVELS.map((level) => [UNIT_LEVEL_TITLES[level].slice(0, -1), level])),
  国家: 'national',
  中央: 'national',
  省: 'province',
  自治区: 'province',
  直辖市: 'province',
  市: 'city',
  州: 'city',
  地市: 'city',
  地: 'city',
  县: 'county',
  区: 'county',
  县区: 'county',
  区县: 'county',
  旗: 'county',
  乡镇: 'town',
  乡: 'town',
  镇: 'town',
  街道: 'town',
}

type Known = ReturnType<typeof listUnits>[number]

/** By which a group is found, however its name is written: 各县（市、区）政府 is 各县（市、区）人民政府. Null for a group of any other name. */
function groupMark(name: string): string | null {
  const key = groupKey(name)
  return key === null ? null : `group ${key}`
}

/** What a name of a group stands for in a map by keys of names and by {@link groupMark}. */
const groupIn = <T>(map: ReadonlyMap<string, T>, name: string): T | undefined =>
  map.get(unitKey(name)) ?? map.get(groupMark(name) ?? '')

/** Reads a list of units against those that are there: what each row would make or change. */
export function evaluateUnits(db: Db, rows: readonly ListRow[]): Evaluated<UnitRecord>[] {
  const known = listUnits(db)
  const owners = new Map<string, Known>()
  for (const unit of known) for (const { name } of unit.aliases) owners.set(unitKey(name), unit)
  for (const unit of known) owners.set(unitKey(unit.name), unit)
  for (const unit of known) {
    const mark = unit.kind === 'group' ? groupMark(unit.name) : null
    if (mark !== null && !owners.has(mark)) owners.set(mark, unit)
  }
  /** Names that the list itself gives, each with its row. */
  const listed = new Map<string, number>()
  for (const row of rows) {
    const name = nameOf(row)
    if (name !== null && !listed.has(unitKey(name))) listed.set(unitKey(name), row.number)
  }
  const claimed = new Map<string, number>()
  const hasOrder = rows.some((row) => said(row, 'sequence') !== null)
  const last = Math.max(0, ...known.map(({ sequence }) => sequence ?? 0))
  return rows.map((row, i) => evaluate(row, i))

  function evaluate(row: ListRow, i: number): Evaluated<UnitRecord> {
    const faults: string[] = []
    const hints: string[] = []
    const name = nameOf(row)
    const shortName = said(row, 'shortName')
    const owner = name === null ? undefined : owners.get(unitKey(name))
    if (name === null) faults.push(`第${row.number}行没有单位名称`)
    else if (name.length < 2 || name.length > LONGEST_NAME) faults.push(`单位名称“${name.slice(0, 80)}”应为 2 至 60 字`)
    else if (listed.get(unitKey(name)) !== row.number) faults.push(`与第${listed.get(unitKey(name))}行重名`)
    const aliases = namesIn(row.cells.aliases).filter((alias) => alias !== name && alias !== shortName)
    for (const called of [...(shortName === null ? [] : [shortName]), ...aliases]) {
      const key = unitKey(called)
      const other = owners.get(key)
      if (called.length < 2 || called.length > LONGEST_NAME) faults.push(`名称“${called.slice(0, 80)}”应为 2 至 60 字`)
      else if (other && other.id !== owner?.id) faults.push(`“${called}”已是“${other.name}”的名称`)
      else if (listed.has(key) && listed.get(key) !== row.number)
        faults.push(`“${called}”是第${listed.get(key)}行单位的名称`)
      else if ((claimed.get(key) ?? row.number) !== row.number)
        faults.push(`“${called}”在第${claimed.get(key)}行已写作别名`)
      else claimed.set(key, row.number)
    }
    const parent = linked('上级单位', said(row, 'parent'))
    const successor = linked('承继单位', said(row, 'successor'))
    const levelWords = said(row, 'level')
    const level = levelWords === null ? null : (LEVEL_WORDS[levelWords.replace(/级$/, '')] ?? null)
    if (levelWords !== null && level === null)
      faults.push(`级别“${levelWords.slice(0, 20)}”应为${Object.values(UNIT_LEVEL_TITLES).join('、')}之一`)
    const order = row.cells.sequence?.number ?? (said(row, 'sequence') === null ? null : Number(said(row, 'sequence')))
    if (order !== null && !(Number.isInteger(order) && order >= 1 && order <= 100_000))
      faults.push(`机构序列“${said(row, 'sequence')}”应为 1 至 100000 的整数`)
    const groups = namesIn(row.cells.groups)
    for (const group of groups) {
      const key = unitKey(group)
      const named = groupIn(owners, group)
      if (group.length < 2 || group.length > LONGEST_NAME) faults.push(`分组“${group.slice(0, 80)}”应为 2 至 60 字`)
      else if (named ? named.kind !== 'group' : listed.has(key) && groupKey(group) === null)
        faults.push(`分组“${group}”是一个单位的名称，不能作分组`)
    }
    const isGroup = owner ? owner.kind === 'group' : name !== null && groupKey(name) !== null
    if (isGroup && groups.length > 0) faults.push(`“${name}”是单位组，不能再属于分组`)
    if (name !== null && owner && owner.name !== name) hints.push(`已是“${owner.name}”的别名，按该单位更新`)
    const record: UnitRecord = {
      id: owner?.id ?? null,
      name: name ?? '',
      shortName,
      aliases,
      parent,
      successor,
      level,
      // Without a column for it the list's own order is the order in which its units are named.
      sequence: order ?? (hasOrder || owner ? null : last + i + 1),
      groups,
    }
    const changes = owner !== undefined && changesOf(owner, record).length > 0
    return {
      row: row.number,
      verdict: verdictOf(faults, owner !== undefined, changes),
      title: name ?? '',
      facts: factsOf({
        简称: shortName,
        别名: aliases.join('、'),
        上级单位: parent,
        级别: level && UNIT_LEVEL_TITLES[level],
        分组: groups.join('、'),
        承继单位: successor && `${successor}（本单位停用）`,
        ...(changes && owner && { 更新: changesOf(owner, record).join('、') }),
      }),
      faults,
      hints,
      knownId: owner?.id ?? null,
      record: faults.length > 0 ? null : record,
    }

    function linked(title: string, other: string | null): string | null {
      if (other === null) return null
      const key = unitKey(other)
      if (!owners.has(key) && !listed.has(key)) faults.push(`${title}“${other.slice(0, 60)}”不在表中，也还没有建立`)
      else if (name !== null && (key === unitKey(name) || (owner && owners.get(key)?.id === owner.id)))
        faults.push(`${title}不能是它自己`)
      return other
    }
  }

  function changesOf(unit: Known, record: UnitRecord): string[] {
    const names = new Set(unit.aliases.map(({ name }) => unitKey(name)))
    const fresh = record.aliases.filter((alias) => !names.has(unitKey(alias)))
    const differs = (value: unknown, stored: unknown) => value !== null && value !== stored
    const idOf = (other: string | null) => (other === null ? null : (owners.get(unitKey(other))?.id ?? 0))
    return [
      ...(differs(record.shortName, unit.shortName) ? ['简称'] : []),
      ...(fresh.length > 0 ? [`别名 ${fresh.join('、')}`] : []),
      ...(differs(idOf(record.parent), unit.parentId) ? ['上级单位'] : []),
      ...(differs(idOf(record.successor), unit.successorId) ? ['承继单位'] : []),
      ...(differs(record.level, unit.level) ? ['级别'] : []),
      ...(differs(record.sequence, unit.sequence) ? ['机构序列'] : []),
      ...(record.groups.every((group) => groupIn(owners, group)?.memberIds.includes(unit.id)) ? [] : ['分组']),
    ]
  }
}

const nameOf = (row: ListRow): string | null => said(row, 'name')?.replace(/\s+/g, '') ?? null

/**
 * Stores units: first all of them by name, then what belongs to what, because a parent may stand further down. A unit with
 * a successor is taken out of use.
 * @throws {Problem} 409 that names units whose parent or successor stands in a row that is not stored; the caller's
 * transaction then keeps nothing
 */
export function storeUnits(
  tx: Db,
  stamp: Stamp,
  rows: readonly Evaluated<UnitRecord>[],
  keeper: Keeper,
): Record<string, number> {
  const ids = new Map<string, number>()
  for (const unit of listUnits(tx)) for (const { name } of unit.aliases) ids.set(unitKey(name), unit.id)
  for (const unit of listUnits(tx)) ids.set(unitKey(unit.name), unit.id)
  const rememberGroup = (name: string, id: number) => {
    const mark = groupMark(name)
    if (mark !== null && !ids.has(mark)) ids.set(mark, id)
  }
  for (const unit of listUnits(tx)) if (unit.kind === 'group') rememberGroup(unit.name, unit.id)
  const records = rows.flatMap(({ record }) => (record === null ? [] : [record]))
  const counts = { made: 0, changed: 0 }
  for (const record of records) {
    if (record.id !== null) continue
    const { id, aliases } = createUnit(tx, stamp, {
      name: record.name,
      shortName: record.shortName,
      kind: groupKey(record.name) === null ? 'unit' : 'group',
      aliases: record.aliases,
      level: record.level,
      sequence: record.sequence,
    })
    keeper.made('unit', id)
    for (const { name } of aliases) ids.set(unitKey(name), id)
    rememberGroup(record.name, id)
    counts.made++
  }
  const missing: string[] = []
  for (const record of records) {
    const id = record.id ?? ids.get(unitKey(record.name))!
    const before = getUnit(tx, id)
    const idOf = (title: string, name: string | null) => {
      const other = name === null ? undefined : ids.get(unitKey(name))
      if (name !== null && other === undefined) missing.push(`“${record.name}”的${title}“${name}”`)
      return other
    }
    const given: UnitChange = {
      parentId: idOf('上级单位', record.parent),
      successorId: idOf('承继单位', record.successor),
      ...(record.id !== null && {
        shortName: record.shortName ?? undefined,
        level: record.level ?? undefined,
        sequence: record.sequence ?? undefined,
      }),
    }
    const change = Object.fromEntries(
      Object.entries(given).filter(
        ([key, value]) => value !== undefined && value !== before[key as keyof typeof before],
      ),
    ) as UnitChange
    const fresh = record.id === null ? [] : record.aliases.filter((alias) => ids.get(unitKey(alias)) !== id)
    if (Object.keys(change).length === 0 && fresh.length === 0) continue
    const known = new Set(before.aliases.map((alias) => alias.id))
    if (Object.keys(change).length > 0) {
      const retires = change.successorId !== undefined && change.successorId !== null
      keeper.changed('unit', id, before)
      updateUnit(tx, stamp, id, before.version, { ...change, ...(retires && { archived: true }) })
    }
    for (const alias of fresh) addAlias(tx, stamp, id, alias)
    if (record.id !== null) {
      for (const alias of getUnit(tx, id).aliases) if (!known.has(alias.id)) keeper.made('alias', alias.id)
      counts.changed++
    }
  }
  storeMembers(tx, stamp, records, ids, keeper)
  if (missing.length > 0)
    throw new Problem(
      409,
      'missing-unit',
      '缺少所属的单位',
      `${missing.slice(0, MOST_NAMED).join('、')}${missing.length > MOST_NAMED ? `等 ${missing.length} 处` : ''}不在要导入的行中，也还没有建立，请一并导入，或把这些行也留下不导入。`,
    )
  return counts
}

/** Puts the units into the groups that their rows name; a group that is not there yet is made. Nobody is taken out of one. */
function storeMembers(
  tx: Db,
  stamp: Stamp,
  records: readonly UnitRecord[],
  ids: ReadonlyMap<string, number>,
  keeper: Keeper,
): void {
  const named = new Map<string, { name: string; memberIds: number[] }>()
  for (const { id, name, groups } of records)
    for (const group of groups) {
      const key = groupMark(group) ?? unitKey(group)
      const one = named.get(key) ?? { name: group, memberIds: [] }
      one.memberIds.push(id ?? ids.get(unitKey(name))!)
      named.set(key, one)
    }
  for (const { name, memberIds } of named.values()) {
    const groupId = groupIn(ids, name)
    if (groupId === undefined) {
      keeper.made('unit', createUnit(tx, stamp, { name, kind: 'group', memberIds }).id)
      continue
    }
    const before = getUnit(tx, groupId)
    const fresh = memberIds.filter((id) => !before.memberIds.includes(id))
    if (fresh.length === 0) continue
    keeper.changed('unit', groupId, before)
    updateUnit(tx, stamp, groupId, before.version, { memberIds: [...before.memberIds, ...fresh] })
  }
}
