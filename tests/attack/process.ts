import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { FROM_PAGE } from '../server/helper.ts'

const program = (name: string) => fileURLToPath(new URL(`../../server/${name}`, import.meta.url))

/** A program of ours in a process of its own. */
export interface Program {
  child: ChildProcess
  /** Everything it has printed. */
  output: () => string
  /** Waits until it has printed this; throws with its output where it ends before. */
  seen: (pattern: RegExp) => Promise<string>
  /** Exit code, null where it was killed. */
  exit: Promise<number | null>
}

/** Starts `server/<name>` with a data folder. */
export function startProgram(
  name: string,
  dataDir: string,
  args: string[] = [],
  env: Record<string, string> = {},
): Program {
  const child = spawn(process.execPath, ['--import', 'tsx', program(name), ...args], {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const exit = once(child, 'close').then(([code]) => code as number | null)
  const seen = async (pattern: RegExp) => {
    while (!pattern.test(output)) {
      const ended = await Promise.race([once(child.stdout, 'data').then(() => false), exit.then(() => true)])
      if (ended && !pattern.test(output)) throw new Error(`${name} ended: ${output}`)
    }
    return pattern.exec(output)![0]
  }
  return { child, output: () => output, seen, exit }
}

/** A server that answers, with its first administrator signed in. */
export interface LiveServer extends Program {
  base: string
  /** Calls the API as the administrator. */
  call: (method: string, url: string, body?: unknown) => Promise<Response>
}

/** As often as it takes while the server says that it is overloaded: the machine of the tests has other work. */
async function patientFetch(url: string, init: RequestInit): Promise<Response> {
  for (;;) {
    const answer = await fetch(url, init)
    if (answer.status !== 503) return answer
    const { code } = (await answer.clone().json()) as { code: string }
    if (code !== 'overloaded') return answer
    await sleep(500)
  }
}

const ADMIN = { username: 'root', password: 'four words in a row' }

/** Starts the server and signs the administrator in, who is made where there is none. */
export async function startServer(dataDir: string): Promise<LiveServer> {
  const server = startProgram('main.ts', dataDir)
  await server.seen(/http:\/\/127\.0\.0\.1:\d+ /)
  const base = /http:\/\/127\.0\.0\.1:\d+/.exec(server.output())![0]
  const headers = { ...FROM_PAGE, 'content-type': 'application/json' }
  const post = (url: string, body: object) =>
    patientFetch(`${base}/api${url}`, { method: 'POST', headers, body: JSON.stringify(body) })
  let signedIn = await post('/session', ADMIN)
  if (signedIn.status !== 200) {
    const token = (await server.seen(/\/setup\/\S+\s/)).trim().slice('/setup/'.length)
    signedIn = await post(`/setup/${token}`, { ...ADMIN, displayName: '管理员' })
  }
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0]
  if (cookie === undefined) {
    await kill(server) // nobody else would end it
    throw new Error(`cannot sign in: ${await signedIn.text()}`)
  }
  const call: LiveServer['call'] = (method, url, body) =>
    patientFetch(`${base}/api${url}`, {
      method,
      headers: { ...FROM_PAGE, cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  return { ...server, base, call }
}

/** Ends a program at once and waits for its end. */
export async function kill(running: Program): Promise<void> {
  running.child.kill('SIGKILL')
  await running.exit
}
