import { WARNING_CODES } from '../../../db/domain/plausibility.ts'
import type { LoadPerson } from './people.ts'
import type { Answer, Visitor } from './visitor.ts'

/** One thing a person does: usually one request; a chain of steps counts each of its requests by itself. */
export interface Action {
  name: string
  role: LoadPerson['role']
  /** How often among a hundred actions. */
  weight: number
  /** Whether its requests change something. */
  writes: boolean
  run: (visitor: Visitor, send: Send, random: () => number) => Promise<void>
}

/** Sends and is measured; what it resolves to is the answer. */
export type Send = (visitor: Visitor, method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Answer>

interface Row {
  id: number
  version: number
  kind: string
  state: string
}
interface Waiting {
  id: number
  target: { id: number; version: number }
}

const OPEN = ['signed', 'in_progress', 'returned', 'reported']

/** Targets that each unit may report on, by unit; a version that has moved on is answered 409. */
const own = new Map<number, Row[]>()

const pick = <T>(items: readonly T[], random: () => number): T | undefined => items[Math.floor(random() * items.length)]

/** Reads which targets the visitor's unit may report on, as 我的任务 tells them: before anything is measured. */
export async function learnTargets(visitor: Visitor): Promise<void> {
  const unit = visitor.person.unitId
  if (unit === null || own.has(unit)) return
  const answer = await visitor.send(
    'GET',
    `/api/targets?state=${OPEN.join(',')}&unitId=${unit}&role=lead&sort=deadline&limit=200`,
  )
  const rows = ((answer.body as { items?: Row[] } | null)?.items ?? []).filter((row) => row.kind === 'quantity')
  own.set(unit, rows)
}

/** 填报: opens the target, writes a draft, submits it. */
async function report(visitor: Visitor, send: Send, random: () => number): Promise<void> {
  const row = pick(own.get(visitor.person.unitId!) ?? [], random)
  if (row === undefined) return
  const seen = await send(visitor, 'GET', `/api/targets/${row.id}`)
  const version = (seen.body as { version?: number } | null)?.version ?? row.version
  const draft = await send(visitor, 'POST', `/api/targets/${row.id}/steps/draft`, {
    version,
    value: 60 + Math.floor(random() * 30),
    asOf: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
    note: '按月统计，较上月有所提高。',
    problems: '部分项目前期手续办理较慢。',
    nextSteps: '逐项倒排工期，按周调度。',
    needs: '无',
  })
  const made = draft.body as { version?: number; record?: { id: number } } | null
  if (draft.status !== 200 || !made?.record) return
  await send(visitor, 'POST', `/api/targets/${row.id}/steps/submit`, {
    version: made.version,
    reportId: made.record.id,
    confirm: WARNING_CODES,
  })
}

/** 审核: the list, then the first that waits. */
async function review(visitor: Visitor, send: Send, random: () => number): Promise<void> {
  const list = await send(visitor, 'GET', '/api/supervision/reports?status=submitted&limit=50')
  const waiting = pick((list.body as { items?: Waiting[] } | null)?.items ?? [], random)
  if (waiting === undefined) return
  const path = `/api/targets/${waiting.target.id}/steps/approve`
  await send(visitor, 'POST', path, { version: waiting.target.version, reportId: waiting.id })
}

const get =
  (path: (random: () => number) => string): Action['run'] =>
  async (visitor, send, random) => {
    await send(visitor, 'GET', path(random))
  }

const WORDS = ['污水集中处理率', '义务教育巩固', '家庭医生签约', '耕地保护面积', '空气质量优良']
const PAGE = '&sort=deadline&limit=50'
const month = (random: () => number) => `2026-${String(1 + Math.floor(random() * 10)).padStart(2, '0')}-28`

/**
 * The last working day of a month: most of it is departments that look what is asked of them and report, the office
 * reviews, a few leaders look at charts.
 */
export const ACTIONS: readonly Action[] = [
  { name: '我的任务', role: 'reporter', weight: 16, writes: false, run: get(() => '/api/tasks') },
  { name: '消息', role: 'reporter', weight: 14, writes: false, run: get(() => '/api/notifications?limit=20') },
  {
    name: '本单位台账',
    role: 'reporter',
    weight: 14,
    writes: false,
    run: get((random) => `/api/targets?light=${pick(['overdue', 'behind,due_soon', 'normal'], random)}${PAGE}`),
  },
  { name: '填报', role: 'reporter', weight: 22, writes: true, run: report },
  {
    name: '台账筛选',
    role: 'supervisor',
    weight: 8,
    writes: false,
    run: get(
      (random) => `/api/targets?light=overdue,behind&kind=quantity&unitId=${1 + Math.floor(random() * 60)}${PAGE}`,
    ),
  },
  {
    name: '搜索',
    role: 'supervisor',
    weight: 4,
    writes: false,
    run: get((random) => `/api/targets?q=${encodeURIComponent(pick(WORDS, random)!)}${PAGE}`),
  },
  { name: '审核', role: 'supervisor', weight: 14, writes: true, run: review },
  { name: '总览', role: 'leader', weight: 4, writes: false, run: get(() => '/api/overview') },
  { name: '总览某日', role: 'leader', weight: 2, writes: false, run: get((r) => `/api/overview?asOf=${month(r)}`) },
  { name: '筛选项', role: 'leader', weight: 2, writes: false, run: get(() => '/api/targets/facets?light=overdue') },
]
