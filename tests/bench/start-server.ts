import { fork } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { usageOf } from '../../server/bounded/usage.ts'
import { within } from '../until.ts'
import { Client } from './client.ts'
import { BENCH_PASSWORD, BENCH_USER } from './person.ts'

/** A server in a process of its own, and a client that is signed in. */
export interface BenchServer {
  address: string
  client: Client
  pid: number
  /** Resident memory of the process and those it has started, in MB; Linux only, else null. */
  megabytes: () => number | null
  /** Longest stand of the event loop since it was last asked, in milliseconds. */
  longestBlock: () => Promise<number>
  /** Milliseconds that the thread which answers has worked so far; Linux only, else null. */
  worked: () => number | null
  /** The same for all threads of the process. */
  workedInAll: () => number | null
  /** Asks it to end, as a signal does, and waits for that. */
  stop: () => Promise<void>
  /** Ends it at once, with -9; nothing where it has ended. */
  kill: () => Promise<void>
}

/** Seconds that the start of a server may take. */
const START = 300

/** @param limits whether requests are limited by person and turned away under load, as an office's are */
export async function startServer(dataDir: string, { limits = false } = {}): Promise<BenchServer> {
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)), {
    execArgv: ['--max-semi-space-size=8', '--import', import.meta.resolve('tsx')],
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      LOG_LEVEL: limits ? 'silent' : 'error',
      BENCH_LIMITS: limits ? 'on' : 'off',
    },
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  /** Its next message; an error where it ends before. */
  const told = <M>() =>
    new Promise<M>((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`the server ended with ${code}`))
      child.once('exit', ended)
      child.once('message', (message) => {
        child.off('exit', ended)
        resolve(message as M)
      })
    })
  const kill = async () => {
    client?.close()
    child.kill('SIGKILL')
    await exited
  }
  let client: Client | undefined
  let address: string
  try {
    // A large database that a crash left with its log takes its time.
    address = (await within('the server answers', told<{ address: string }>(), START)).address
    client = new Client(address)
    await client.signIn(BENCH_USER, BENCH_PASSWORD)
  } catch (error) {
    await kill()
    throw error
  }
  return {
    address,
    client,
    pid: child.pid!,
    megabytes: () => megabytes(child.pid!),
    async longestBlock() {
      child.send('longest-block')
      return (await told<{ longestBlock: number }>()).longestBlock
    },
    worked: () => worked(child.pid!, child.pid!),
    workedInAll: () => workedInAll(child.pid!),
    async stop() {
      client.close()
      if (child.connected) child.send('stop')
      try {
        await within('the end of the server', exited)
      } finally {
        await kill()
      }
    },
    kill,
  }
}

/** Milliseconds that all threads of a process have worked so far; Linux only, else null. */
export function workedInAll(pid: number): number | null {
  try {
    return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + (worked(pid, Number(thread)) ?? 0), 0)
  } catch {
    return null
  }
}

function worked(pid: number, thread: number): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return null
  }
}

function megabytes(pid: number): number | null {
  try {
    const [, resident] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
    // The program itself lies in memory once, however many processes run it.
    return children.reduce(
      (sum, child) => sum + Math.round((usageOf(Number(child))?.bytes ?? 0) / 1024 / 1024),
      Math.round(Number(resident) / 1024),
    )
  } catch {
    return null
  }
}
