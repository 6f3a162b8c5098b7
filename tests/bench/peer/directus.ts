import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** Where the peer is installed: git and every check leave the folder out. */
const INSTALLED = fileURLToPath(new URL('../../../data/peer', import.meta.url))
/** The last line that runs on Node 20. */
const PACKAGES = { directus: '10.13.4', sqlite3: '5.1.7' }

const ADMIN = { email: 'bench@example.com', password: 'only for the benchmark 1' }
/** Seconds that its start may take. */
const START = 180

/** A Directus that runs, with a token of its administrator. */
export interface Directus {
  /** Sends a request and resolves to the text of its answer; an error where it is none of success. */
  send: (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) => Promise<string>
  stop: () => Promise<void>
}

/** Installs it once (some hundred packages from the registry that npm is set to). */
export function installDirectus(): void {
  if (existsSync(join(INSTALLED, 'node_modules', 'directus', 'package.json'))) return
  mkdirSync(INSTALLED, { recursive: true })
  const manifest = { name: 'peer', private: true, dependencies: PACKAGES }
  writeFileSync(join(INSTALLED, 'package.json'), JSON.stringify(manifest, null, 2))
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps'], {
    cwd: INSTALLED,
    stdio: 'inherit',
  })
}

const environment = (database: string, port: number) => ({
  ...process.env,
  HOST: '127.0.0.1',
  PORT: String(port),
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  KEY: 'bench',
  // without a comma: it would be taken for a list
  SECRET: 'only for the benchmark on this machine alone',
  DB_CLIENT: 'sqlite3',
  DB_FILENAME: database,
  ADMIN_EMAIL: ADMIN.email,
  ADMIN_PASSWORD: ADMIN.password,
  TELEMETRY: 'false',
  LOG_LEVEL: 'error',
  CACHE_ENABLED: 'false',
  RATE_LIMITER_ENABLED: 'false',
})

const program = join(INSTALLED, 'node_modules', 'directus', 'cli.js')

/** Makes its own tables in a database that has ours already. */
export const prepareDirectus = (database: string): void =>
  void execFileSync(process.execPath, [program, 'bootstrap'], {
    cwd: INSTALLED,
    env: environment(database, 0),
    stdio: 'inherit',
  })

export async function startDirectus(database: string, port: number): Promise<Directus> {
  const child = spawn(process.execPath, [program, 'start'], {
    cwd: INSTALLED,
    env: environment(database, port),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const address = `http://127.0.0.1:${port}`
  try {
    await answers(child, `${address}/server/ping`)
    const session = await fetch(`${address}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ADMIN),
    })
    const told = await session.text()
    if (!session.ok) throw new Error(`signing in to Directus: ${session.status} ${told}`)
    const { data } = JSON.parse(told) as { data: { access_token: string } }
    const headers = { authorization: `Bearer ${data.access_token}`, 'content-type': 'application/json' }
    return {
      async send(method, path, body) {
        const answer = await fetch(`${address}${path}`, {
          method,
          headers,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        const text = await answer.text()
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
        return text
      },
      stop: () => end(child),
    }
  } catch (error) {
    await end(child)
    throw error
  }
}

async function answers(child: ChildProcess, url: string): Promise<void> {
  for (let waited = 0; waited < START * 1000; waited += 250) {
    if (child.exitCode !== null) throw new Error(`Directus ended with ${child.exitCode}`)
    const ok = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ok) return
    await sleep(250)
  }
  throw new Error('Directus does not answer')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  await Promise.race([exited, sleep(5_000)])
  child.kill('SIGKILL')
  await exited
}
