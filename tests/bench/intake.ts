import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import ExcelJS from 'exceljs'
import type Sqlite from 'better-sqlite3'
import { isWriteLockFree } from '../../db/write-lock.ts'
import type { Client } from './client.ts'

/** How often another writer asks for its turn, in milliseconds. */
const ASK_EVERY = 2

interface Deed {
  seconds: number
  /** Longest time for which another writer would have waited for its turn meanwhile, in milliseconds. */
  held: number
}

export interface IntakeFigures {
  rows: number
  /** Seconds from the choice of the file until its preview stands. */
  preview: number
  confirm: Deed
  undo: Deed
}

/** Brings in a ledger of so many rows and takes it back, while another connection asks all the time whether it may write. */
export async function timeIntake(client: Client, bare: Sqlite.Database, rows: number): Promise<IntakeFigures> {
  const file = await ledger(rows)
  const opened = await timed(bare, () => client.upload('/api/intakes/ledger', '重点工作台账.xlsx', file))
  const { id, version } = JSON.parse(opened.answer.toString()) as { id: number; version: number }
  const path = `/api/intakes/ledger/${id}`
  const { answer, ...confirm } = await timed(bare, () => client.post(`${path}/confirm`, { version, assign: true }))
  const { intake } = JSON.parse(answer.toString()) as { intake: { outcome: { made: number } } }
  if (intake.outcome.made !== rows) throw new Error(`${intake.outcome.made} of ${rows} rows were stored`)
  const { answer: _answer, ...undo } = await timed(bare, () => client.post(`${path}/undo`, {}))
  return { rows, preview: opened.seconds, confirm, undo }
}

/** The answer of a call, its seconds, and the longest time for which nobody else could have written. */
async function timed<T>(bare: Sqlite.Database, call: () => Promise<T>): Promise<Deed & { answer: T }> {
  let running = true
  let held = 0
  const asking = (async () => {
    for (let free = performance.now(); running; await sleep(ASK_EVERY)) {
      const isFree = isWriteLockFree(bare)
      held = Math.max(held, performance.now() - free)
      if (isFree) free = performance.now()
    }
  })()
  const start = performance.now()
  try {
    return { answer: await call(), seconds: (performance.now() - start) / 1000, held }
  } finally {
    running = false
    await asking
  }
}

/** A ledger as an office keeps one, with how far each item has come. */
async function ledger(rows: number): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('台账')
  sheet.addRow(['序号', '工作任务', '目标值', '计量单位', '牵头单位', '配合单位', '完成时限', '完成值', '进展情况'])
  for (let i = 1; i <= rows; i++)
    sheet.addRow([
      i,
      `第${i}项重点工作：${WORKS[i % WORKS.length]}`,
      100 + i,
      '个',
      `第${(i % 60) + 1}局`,
      i % 3 === 0 ? `第${((i + 7) % 60) + 1}局` : null,
      '2026年12月底前',
      i % 90,
      '正在按计划推进，已完成前期工作并落实资金',
    ])
  return Buffer.from(await book.xlsx.writeBuffer())
}

const WORKS = ['新建改建农村公路', '老旧小区改造', '污水管网改造', '高标准农田建设', '养老服务站点建设', '充电桩建设']
