import { WARNING_CODES } from '../../db/domain/plausibility.ts'
import { performance } from 'node:perf_hooks'
import { addDays } from '../../db/domain/dates.ts'
import type { Client } from './client.ts'
import type { BenchServer } from './start-server.ts'

const CHAINS = 30

/** All that a report says in words: one on a target that is behind or overdue has to. */
const WORDS = { note: '按月统计。', problems: '前期手续办理较慢。', nextSteps: '按周调度。', needs: '无' }

interface Stepped {
  version: number
  record: { id: number }
}

/** What one chain of draft, submit and approve takes, one after the other. */
export interface ChainTimes {
  /** By the clock, in milliseconds. */
  wall: number
  /** Work of the thread that writes, in milliseconds; null where the system does not tell. */
  worked: number | null
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
  const list = `/api/targets?state=in_progress&kind=quantity&unitId=${unitId}&role=lead&limit=${CHAINS + 5}`
  const { items } = JSON.parse((await reporter.get(list)).toString()) as { items: { id: number; version: number }[] }
  const chain = async ({ id, version }: { id: number; version: number }) => {
    const step = async (who: Client, name: string, body: object) =>
      JSON.parse((await who.post(`/api/targets/${id}/steps/${name}`, body)).toString()) as Stepped
    const said = { value: 61, asOf: addDays(today, -1), ...WORDS }
    const draft = await step(reporter, 'draft', { version, ...said })
    const reportId = draft.record.id
    const submitted = await step(reporter, 'submit', {
      version: draft.version,
      reportId,
      confirm: WARNING_CODES,
    })
    await step(server.client, 'approve', { version: submitted.version, reportId })
  }
  for (const target of items.slice(CHAINS)) await chain(target) // warm
  const [begin, before] = [performance.now(), server.worked()]
  for (const target of items.slice(0, CHAINS)) await chain(target)
  const [end, after] = [performance.now(), server.worked()]
  const count = Math.min(CHAINS, items.length)
  return {
    wall: (end - begin) / count,
    worked: before === null || after === null ? null : (after - before) / count,
  }
}
