import type { OpenDb } from '../../db/open.ts'
import { addDays } from '../../db/domain/dates.ts'
import { unitKey } from '../../server/people/unit-key.ts'
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
const STATES = [
  'extracted',
  'confirmed',
  'assigned',
  'signed',
  'in_progress',
  'in_progress',
  'in_progress',
  'reported',
  'met',
  'closed',
]

/** Fills an empty database with documents, units, targets and approved reports of two years. Some tens of seconds. */
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
  const targetUnit = insert('target_units', ['target_id', 'role', 'position', 'name', 'unit_id'])
  const report = insert('reports', ['target_id', 'unit_id', 'value', 'as_of', 'status', 'decided_at', 'created_at'])
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
    const state = random.pick(STATES)
    const assigned = !['extracted', 'confirmed'].includes(state)
    target.run(
      Math.ceil(id / per),
      kind,
      state,
      indicator,
      kind === 'quantity' ? '>=' : null,
      kind === 'quantity' ? goal : null,
      kind === 'quantity' ? unitOfMeasure : null,
      kind === 'quantity' ? 'level' : null,
      deadline,
      'explicit',
      kind === 'quantity' && random.below(3) > 0 ? baseline : null,
      random.below(100) / 100,
      id * 100,
      id * 100 + 3,
      id * 100,
      id * 100 + 60,
      '["二、主要目标","（一）发展指标"]',
      `到${year}年，${indicator}达到${goal}${unitOfMeasure}以上，进一步提升第${id % 977}项工作水平。`,
      '2020-01-01',
      assigned ? random.pick(['monthly', 'quarterly', 'yearly']) : null,
      assigned ? at : null,
      ['met', 'closed'].includes(state) ? at : null,
      at,
      at,
    )
    const lead = 1 + random.below(amounts.units)
    for (const [position, role] of (['lead', 'responsible', 'support'] as const).entries()) {
      const unitId = role === 'lead' ? lead : 1 + random.below(amounts.units)
      targetUnit.run(id, role, position, `第${unitId}局`, unitId)
    }
    for (; reported < id * perTarget; reported++) {
      const asOf = addDays(today, -random.below(730))
      const share = Math.min(1.05, 1 - (Date.parse(today) - Date.parse(asOf)) / 8e10 + random.next() * 0.3)
      report.run(
        id,
        lead,
        kind === 'quantity' ? Math.round((baseline + share * (goal - baseline)) * 10) / 10 : null,
        asOf,
        'approved',
        at,
        at,
      )
    }
  }
  client.exec('COMMIT')
  client.pragma('synchronous = FULL')
  client.exec('ANALYZE')
}
