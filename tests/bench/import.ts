import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from './client.ts'
import { largeText } from './large-text.ts'
import { startServer } from './start-server.ts'

/** As often as the limit of requests from one address lets it. */
const PROBE_EVERY_MS = 55

export interface ImportFigures {
  megabytes: number
  seconds: number
  documents: number
  targets: number
  /** Resident memory of the server and the process that reads, at their highest, MB; null where the system does not tell. */
  peakMegabytes: number | null
  /** Slowest and median answer of /api/health while the import ran, in milliseconds. */
  slowest: number
  median: number
  /** Longest time for which the server's event loop stood still, in milliseconds; what falls between two questions shows here. */
  longestBlock: number
}

/** Uploads a large text to a server of its own and asks it for its health all the while. */
export async function timeImport(dataDir: string, bytes: number): Promise<ImportFigures> {
  const server = await startServer(dataDir)
  const probe = new Client(server.address)
  try {
    const file = Buffer.from(largeText(bytes))
    await server.longestBlock() // forgets the start of the server
    const start = performance.now()
    const { items } = JSON.parse((await server.client.upload('/api/imports', 'large.txt', file)).toString()) as {
      items: { id: number }[]
    }
    const path = `/api/imports/${items[0]!.id}`
    const waits: number[] = []
    let running = true
    let peak: number | null = null
    const probing = (async () => {
      while (running) {
        waits.push((await probe.time('/api/health')).ms)
        peak = Math.max(peak ?? 0, server.megabytes() ?? 0) || null
        await sleep(PROBE_EVERY_MS)
      }
    })()
    let job = await jobAt(server.client, path)
    while (!['done', 'failed', 'duplicate', 'cancelled'].includes(job.status)) {
      await sleep(500)
      job = await jobAt(server.client, path)
    }
    const seconds = (performance.now() - start) / 1000
    running = false
    await probing
    if (job.status !== 'done') throw new Error(`the import ended as ${job.status}: ${job.message}`)
    waits.sort((a, b) => a - b)
    return {
      megabytes: file.length / 1e6,
      seconds,
      documents: job.documentsFound,
      targets: job.candidatesFound,
      peakMegabytes: peak,
      slowest: waits.at(-1)!,
      longestBlock: await server.longestBlock(),
      median: waits[Math.floor(waits.length / 2)]!,
    }
  } finally {
    probe.close()
    await server.stop()
  }
}

const jobAt = async (client: Client, path: string) =>
  JSON.parse((await client.get(path)).toString()) as {
    status: string
    message: string | null
    documentsFound: number
    candidatesFound: number
  }
