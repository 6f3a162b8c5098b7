import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { usageOf } from '../../server/bounded/usage.ts'
import type { ImportJob } from '../../server/documents/schemas.ts'
import type { BenchServer } from '../bench/start-server.ts'
import { Client } from '../bench/client.ts'
import { until } from '../until.ts'

export interface AttackFile {
  fileName: string
  bytes: Buffer
}

/** What one file did to a server that people work with meanwhile. */
export interface ImportFigures {
  bytes: number
  /** How the import ended, of a zip that of each file: `done`, or the code of its error. */
  end: string
  /** By the clock. */
  seconds: number
  /** Of a processor, by the processes that read. */
  worked: number
  /** Resident memory of the server and its processes at their highest, in MB. */
  megabytes: number
  /** Of the server alone, when the import was over. */
  megabytesAfter: number
  /** Slowest answer of /api/health meanwhile, in milliseconds. */
  slowest: number
  /** Longest time for which the server's event loop stood still, in milliseconds. */
  block: number
}

/** Longest that one import is waited for, in seconds: an honest one asks for more time, page by page. */
const PATIENCE = 500

/** Uploads one file to a server and watches what it does until the import has ended. */
export async function attackImport(server: BenchServer, { fileName, bytes }: AttackFile): Promise<ImportFigures> {
  const probe = new Client(server.address)
  const watch = watchProcesses(server.pid)
  let over = false
  let slowest = 0
  try {
    await server.longestBlock() // forgets what was before
    const start = performance.now()
    const probing = (async () => {
      while (!over) {
        slowest = Math.max(slowest, (await probe.time('/api/health')).ms)
        await sleep(20)
      }
    })()
    const ids = await upload(server, { fileName, bytes })
    const ended = await Promise.all(ids.map((id) => importEnded(server, id))).finally(() => (over = true))
    const seconds = (performance.now() - start) / 1000
    await probing
    const { megabytes, worked } = watch.stop()
    return {
      bytes: bytes.length,
      end: ended.map(({ errorCode, status }) => errorCode ?? status).join(' and '),
      seconds,
      worked,
      megabytes,
      megabytesAfter: residentOf(server.pid),
      slowest,
      block: await server.longestBlock(),
    }
  } finally {
    over = true
    watch.stop()
    probe.close()
  }
}

/** Uploads a file and answers the number of its job; of a zip those of its files. */
export async function upload(server: BenchServer, { fileName, bytes }: AttackFile): Promise<number[]> {
  const { items } = JSON.parse((await server.client.upload('/api/imports', fileName, bytes)).toString()) as {
    items: ImportJob[]
  }
  return items.map(({ id }) => id)
}

export async function jobOf(server: BenchServer, id: number): Promise<ImportJob> {
  return JSON.parse((await server.client.get(`/api/imports/${id}`)).toString()) as ImportJob
}

const importEnded = (server: BenchServer, id: number) =>
  until(
    `import ${id} ends`,
    async () => {
      const job = await jobOf(server, id)
      return job.finishedAt !== null && job
    },
    { seconds: PATIENCE },
  )

/** Looks at a process and its children all the time; `stop` answers what they took. */
function watchProcesses(pid: number) {
  const worked = new Map<number, number>()
  let megabytes = 0
  const timer = setInterval(() => {
    let sum = residentOf(pid)
    for (const child of childrenOf(pid)) {
      const usage = usageOf(child)
      if (usage === null) continue
      // The program itself lies in memory once, however many processes run it.
      sum += usage.bytes / 1024 / 1024
      worked.set(child, usage.seconds)
    }
    megabytes = Math.max(megabytes, sum)
  }, 15)
  // What a child that waits for work had worked before is not this file's.
  const before = new Map(childrenOf(pid).map((child) => [child, usageOf(child)?.seconds ?? 0]))
  return {
    stop: () => {
      clearInterval(timer)
      const seconds = [...worked].reduce((sum, [child, now]) => sum + now - (before.get(child) ?? 0), 0)
      return { megabytes: Math.round(megabytes), worked: seconds }
    },
  }
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)

const residentOf = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024)

/** Uploads a slow file and a small one behind it; a fault where the small one was not done while the slow one was read. */
export async function smallBehind(
  server: BenchServer,
  slow: AttackFile,
): Promise<{ seconds: number; fault: string | null }> {
  // Not the very bytes that may have been imported before: a double ends at once.
  const [first] = (await upload(server, { ...slow, bytes: Buffer.concat([slow.bytes, Buffer.from('\n再来')]) })) as [
    number,
  ]
  await until('the slow file is being read', async () => (await jobOf(server, first)).status !== 'queued')
  const start = performance.now()
  const bytes = Buffer.from(`到2027年，普及率达到95%以上。${start}\n`)
  const [second] = (await upload(server, { fileName: '小.txt', bytes })) as [number]
  const small = await importEnded(server, second)
  const seconds = (performance.now() - start) / 1000
  const { finishedAt } = await jobOf(server, first)
  if (finishedAt === null) await server.client.delete(`/api/imports/${first}`)
  if (small.status !== 'done') return { seconds, fault: `a small file behind a slow one: ${small.errorCode}` }
  return { seconds, fault: finishedAt === null ? null : 'a small file behind a slow one waited for its end' }
}
