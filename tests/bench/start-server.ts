import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from './client.ts'
import { BENCH_PASSWORD, BENCH_USER } from './person.ts'

/** A server in a process of its own, and a client that is signed in. */
export interface BenchServer {
  address: string
  client: Client
  pid: number
  /** Highest resident memory of the process so far, in MB; Linux only, else null. */
  peakMegabytes: () => number | null
  /** Longest stand of the event loop since it was last asked, in milliseconds. */
  longestBlock: () => Promise<number>
  /** Milliseconds that its process has worked so far, in all its threads. */
  cpu: () => Promise<number>
  stop: () => Promise<void>
  /** When the process has ended, by itself or not. */
  exited: Promise<void>
}

export async function startServer(dataDir: string): Promise<BenchServer> {
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)), {
    execArgv: ['--import', import.meta.resolve('tsx')],
    env: { ...process.env, DATA_DIR: dataDir, HOST: '127.0.0.1', LOG_LEVEL: 'error' },
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const address = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { address: string }).address))
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  const ask = (question: 'longest-block' | 'cpu') => new Promise<{ longestBlock: number, cpu: number }>((resolve) => {
    child.once('message', (message) => resolve(message as { longestBlock: number, cpu: number }))
    child.send(question)
  })
  const client = new Client(address)
  for (let tries = 0; ; tries++) { // a server that has only just started may still call itself busy
    try {
      await client.signIn(BENCH_USER, BENCH_PASSWORD)
      break
    } catch (error) {
      if (tries >= 10 || !String(error).includes('503')) throw error
      await sleep(1000)
    }
  }
  return {
    address, client, exited, pid: child.pid!,
    peakMegabytes: () => peakMegabytes(child.pid!),
    longestBlock: async () => (await ask('longest-block')).longestBlock,
    cpu: async () => (await ask('cpu')).cpu,
    async stop() {
      client.close()
      child.send('stop')
      await exited
    },
  }
}

function peakMegabytes(pid: number): number | null {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return line ? Math.round(Number(line[1]) / 1024) : null
  } catch {
    return null
  }
}
