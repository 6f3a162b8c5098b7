import type Sqlite from 'better-sqlite3'
import { getTableColumns } from 'drizzle-orm'
import type { OpenDb } from '../../db/open.ts'
import { replaySpans } from '../../db/replay-spans.ts'
import { addDays } from '../../db/domain/dates.ts'
import type { State } from '../../db/domain/states.ts'
import { unitKey } from '../../db/domain/unit-key.ts'
import type { UnitRole } from '../../db/domain/target-terms.ts'
import { versionContents } from '../../db/schema/index.ts'
import { REPORT_STATUS_CODES, STATE_CODES, storedDay, storedInstant } from '../../db/stored.ts'
import { writeVersionUnits } from '../../db/version-units.ts'
import { seeded } from './random.ts'

/** What is generated; everything follows from the seed. */
export interface Amounts {
  documents: number
  units: number
  targets: number
  reports: number
}

const AREAS = [
  '城镇',
  '农村',
  '工业园区',
  '县域',
  '重点流域',
  '主城区',
  '中小学校',
  '基层医疗机构',
  '规模以上企业',
  '新建住宅',
  '公共机构',
  '高标准农田',
]
const THINGS = [
  '污水集中处理',
  '生活垃圾分类',
  '绿色建筑',
  '义务教育巩固',
  '家庭医生签约服务',
  '研发经费投入',
  '森林覆盖',
  '空气质量优良',
  '道路硬化',
  '自来水普及',
  '电子证照应用',
  '耕地保护',
  '养老床位',
  '固定资产投资',
]
const MEASURES: [suffix: string, unit: string][] = [
  ['率', '%'],
  ['总量', '万吨'],
  ['面积', '万亩'],
  ['数量', '个'],
  ['金额', '亿元'],
  ['里程', '公里'],
]
/** The states that a target went through, the last one being its own; some lives more often than others. */
const LIVES = [
  ['extracted'],
  ['extracted', 'confirmed'],
  ['extracted', 'confirmed', 'assigned'],
  ['extracted', 'confirmed', 'assigned', 'signed'],
  ...Array.from({ length: 3 }, () => ['extracted', 'confirmed', 'assigned', 'signed', 'in_progress']),
  ['extracted', 'confirmed', 'assigned', 'signed', 'in_progress', 'reported'],
  ['extracted', 'confirmed', 'assigned', 'signed', 'in_progress', 'met'],
  ['extracted', 'confirmed', 'assigned', 'signed', 'in_progress', 'met', 'closed'],
]

/** Targets whose spans are said at once. */
const CHUNK = 1000

/** What all versions of a target share here. */
const STAYING = Object.values(getTableColumns(versionContents))
  .map(({ name }) => `"${name}"`)
  .filter((name) => !['"target_id"', '"n"', '"parts"'].includes(name))
const CONTENTS = `INSERT INTO version_contents (target_id, n, ${STAYING.join(', ')}, parts)
  SELECT id, 1, ${STAYING.join(', ')}, '[]' FROM targets WHERE id = ?`
const UNITS = 'INSERT INTO version_units (target_id, n, units) VALUES (?, ?, ?)'
/** A version of a target as it stands now, but for its state and what came with later ones. */
const VERSION = `INSERT INTO version_steps (target_id, valid_from, valid_until, step, state, assigned_at, met_at, content, units)
  SELECT t.id, :from, :until, 'import', :state, CASE WHEN t.assigned_at <= :from THEN t.assigned_at END,
    CASE WHEN t.met_at <= :from THEN t.met_at END, 1, :units FROM targets t WHERE t.id = :id`

/**
 * Fills an empty database with documents, units, targets with their versions, and approved reports of two years; the
 * spans of the lights are replayed from them. Some tens of seconds for 100,000 targets.
 */
export function fillDatabase({ $client: client }: OpenDb, amounts: Amounts, today: string): void {
  const random = seeded(20260630)
  const at = '2026-01-01T00:00:00.000Z'
  const insert = (table: string, columns: string[]) =>
    client.prepare(
      `INSERT INTO ${table} (${columns.map((c) => `"${c}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    )
  client.pragma('synchronous = OFF')
  client.exec('BEGIN')

  const unit = insert('units', ['name', 'created_at'])
  const alias = insert('unit_aliases', ['unit_id', 'name', 'key', 'created_at'])
  for (let i = 1; i <= amounts.units; i++) {
    const name = `第${i}局`
    unit.run(name, at)
    alias.run(i, name, unitKey(name), at)
  }
  const file = insert('files', ['sha256', 'name', 'format', 'size', 'raw_text', 'imported_at'])
  const document = insert('documents', [
    'file_id',
    'number',
    'title',
    'issuer',
    'issued_on',
    'start',
    'end',
    'created_at',
  ])
  for (let i = 1; i <= amounts.documents; i++) {
    const text = `关于第${i}项${random.pick(THINGS)}工作的通知\n`.repeat(40)
    file.run(String(i).padStart(64, '0'), `公报${i}.txt`, 'txt', text.length, text, at)
    document.run(
      i,
      `政办发〔${2019 + (i % 7)}〕${i}号`,
      `关于印发${random.pick(THINGS)}工作方案的通知（第${i}号）`,
      '市政府办公室',
      `${2019 + (i % 7)}-0${1 + (i % 9)}-15`,
      0,
      text.length,
      at,
    )
  }

  const target = insert('targets', [
    'document_id',
    'kind',
    'state',
    'indicator',
    'op',
    'value',
    'unit',
    'measure',
    'deadline',
    'deadline_basis',
    'baseline_value',
    'confidence',
    'start',
    'end',
    'clause_start',
    'clause_end',
    'clause_path',
    'evidence',
    'start_on',
    'report_frequency',
    'assigned_at',
    'met_at',
    'created_at',
    'updated_at',
  ])
  const targetUnit = insert('target_units', ['target_id', 'role', 'position', 'name', 'unit_id', 'signed_at'])
  const report = insert('reports', ['target_id', 'unit_id', 'value', 'as_of', 'status', 'decided_at', 'created_at'])
  const [contents, unitList, version] = [CONTENTS, UNITS, VERSION].map((sql) => client.prepare(sql)) as [
    Sqlite.Statement,
    Sqlite.Statement,
    Sqlite.Statement,
  ]
  const stored = (at: string | null) => at && storedInstant(at)
  const perTarget = amounts.reports / amounts.targets
  const per = amounts.targets / amounts.documents
  let reported = 0
  for (let id = 1; id <= amounts.targets; id++) {
    const kind = random.below(4) === 0 ? 'milestone' : 'quantity'
    const [suffix, unitOfMeasure] = random.pick(MEASURES)
    const year = 2021 + random.below(10)
    const deadline =
      random.below(20) === 0 ? null : `${year}-${random.pick(['06-30', '12-31', '12-31', '09-30', '11-30'])}`
    const indicator = `${random.pick(AREAS)}${random.pick(THINGS)}${kind === 'quantity' ? suffix : '体系建成'}`
    const [baseline, goal] = [random.below(60), 60 + random.below(40)]
    const life = random.pick(LIVES)
    const state = life.at(-1)!
    // imported two to three years ago, then a step every few weeks
    const steps = life.map((_, i) => `${addDays(today, -1000 + random.below(250) + i * 20)}T02:00:00.000Z`).sort()
    const since = (step: string) => steps[life.indexOf(step)] ?? null
    const assigned = since('assigned') !== null
    target.run(
      Math.ceil(id / per),
      kind,
      state,
      indicator,
      kind === 'quantity' ? '>=' : null,
      kind === 'quantity' ? goal : null,
      kind === 'quantity' ? unitOfMeasure : null,
      kind === 'quantity' ? 'level' : null,
      deadline && storedDay(deadline),
      'explicit',
      kind === 'quantity' && random.below(3) > 0 ? baseline : null,
      random.below(100) / 100,
      id * 100,
      id * 100 + 3,
      id * 100,
      id * 100 + 60,
      '["二、主要目标","（一）发展指标"]',
      `到${year}年，${indicator}达到${goal}${unitOfMeasure}以上，进一步提升第${id % 977}项工作水平。`,
      storedDay('2020-01-01'),
      assigned ? random.pick(['monthly', 'quarterly', 'yearly']) : null,
      stored(since('assigned')),
      stored(since('met')),
      stored(steps[0]!),
      stored(steps.at(-1)!),
    )
    const lead = 1 + random.below(amounts.units)
    const signedAt = since('signed')
    const named = (['lead', 'responsible', 'support'] as const satisfies UnitRole[]).map((role, position) => {
      const unitId = role === 'lead' ? lead : 1 + random.below(amounts.units)
      targetUnit.run(id, role, position, `第${unitId}局`, unitId, stored(signedAt))
      return { role, unitId, name: `第${unitId}局`, signedAt }
    })
    contents.run(id)
    unitList.run(id, 1, writeVersionUnits(named.map((unit) => ({ ...unit, signedAt: null }))))
    if (signedAt !== null) unitList.run(id, 2, writeVersionUnits(named))
    life.forEach((one, i) =>
      version.run({
        id,
        state: STATE_CODES[one as State],
        from: stored(steps[i]!),
        until: stored(steps[i + 1] ?? null),
        units: signedAt !== null && steps[i]! >= signedAt ? 2 : 1,
      }),
    )
    for (; reported < id * perTarget; reported++) {
      const asOf = addDays(today, -random.below(730))
      const share = Math.min(1.05, 1 - (Date.parse(today) - Date.parse(asOf)) / 8e10 + random.next() * 0.3)
      report.run(
        id,
        lead,
        kind === 'quantity' ? Math.round((baseline + share * (goal - baseline)) * 10) / 10 : null,
        storedDay(asOf),
        REPORT_STATUS_CODES.approved,
        storedInstant(`${asOf}T08:00:00.000Z`),
        storedInstant(`${asOf}T02:00:00.000Z`),
      )
    }
  }
  for (let first = 1; first <= amounts.targets; first += CHUNK)
    replaySpans(
      client,
      Array.from({ length: Math.min(CHUNK, amounts.targets - first + 1) }, (_, i) => first + i),
    )
  client.exec('COMMIT')
  client.pragma('synchronous = FULL')
}
