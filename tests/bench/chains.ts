import { WARNING_CODES } from '../../db/domain/plausibility.ts'
import { performance } from 'node:perf_hooks'
import { addDays } from '../../db/domain/dates.ts'
import type { Client } from './client.ts'
import type { BenchServer } from './start-server.ts'

const CHAINS = 30

/** All that a report says in words: one on a target that is behind or overdue has to. */
export const REPORT_WORDS = {
  note: '按月统计。',
  problems: '前期手续办理较慢。',
  nextSteps: '按周调度。',
  needs: '无',
} as const

interface Stepped {
  version: number
  record: { id: number }
}

/** A target that reports are made on, at the version that the next step names. */
export interface OpenTarget {
  id: number
  version: number
}

/** What one chain of draft, submit and approve takes, one after the other. */
export interface ChainTimes {
  /** By the clock, in milliseconds. */
  wall: number
  /** Work of the thread that writes, in milliseconds; null where the system does not tell. */
  worked: number | null
}

/** The first `count` targets that the reporter's unit may report a value on. */
export async function openTargets(reporter: Client, unitId: number, count: number): Promise<OpenTarget[]> {
  const list = `/api/targets?state=in_progress&kind=quantity&unitId=${unitId}&role=lead&limit=${count}`
  const { items } = JSON.parse((await reporter.get(list)).toString()) as { items: OpenTarget[] }
  return items.map(({ id, version }) => ({ id, version }))
}

/**
 * A report on a target from draft to approval: three requests, each after the answer to the one before.
 * @param words what the report says beside its value
 * @returns the target as it stands then
 */
export async function takeChain(
  { reporter, reviewer }: { reporter: Client; reviewer: Client },
  { id, version }: OpenTarget,
  today: string,
  words: Partial<typeof REPORT_WORDS> = REPORT_WORDS,
): Promise<OpenTarget> {
  const step = async (who: Client, name: string, body: object) =>
    JSON.parse((await who.post(`/api/targets/${id}/steps/${name}`, body)).toString()) as Stepped
  const draft = await step(reporter, 'draft', { version, value: 61, asOf: addDays(today, -1), ...words })
  const reportId = draft.record.id
  const submitted = await step(reporter, 'submit', { version: draft.version, reportId, confirm: WARNING_CODES })
  const approved = await step(reviewer, 'approve', { version: submitted.version, reportId })
  return { id, version: approved.version }
}

/**
 * Reports on targets of the reporter's unit from draft to approval.
 * @param unitId unit of the reporter
 */
export async function timeChains(
  server: BenchServer,
  reporter: Client,
  unitId: number,
  today: string,
): Promise<ChainTimes> {
  const people = { reporter, reviewer: server.client }
  const items = await openTargets(reporter, unitId, CHAINS + 5)
  for (const target of items.slice(CHAINS)) await takeChain(people, target, today) // warm
  const [begin, before] = [performance.now(), server.worked()]
  for (const target of items.slice(0, CHAINS)) await takeChain(people, target, today)
  const [end, after] = [performance.now(), server.worked()]
  const count = Math.min(CHAINS, items.length)
  return {
    wall: (end - begin) / count,
    worked: before === null || after === null ? null : (after - before) / count,
  }
}
