import { FROM_PAGE } from '../server/helper.ts'
import { kill, type Program, startProgram } from '../programs.ts'
import { until } from '../until.ts'

/** A server that answers, with its first administrator signed in. */
export interface LiveServer extends Program {
  base: string
  /** Calls the API as the administrator. */
  call: (method: string, url: string, body?: unknown) => Promise<Response>
  /** Uploads one file as the administrator. */
  upload: (url: string, fileName: string, text: string) => Promise<Response>
}

/** One answer may take so long, in milliseconds. */
const PATIENCE = 60_000

/** Asks again while the server says that it is overloaded: the machine of the tests has other work. */
const patientFetch = (url: string, init: RequestInit): Promise<Response> =>
  until(
    `${url} is answered`,
    async () => {
      const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE) })
      if (answer.status !== 503) return answer
      const { code } = (await answer.clone().json()) as { code: string }
      return code === 'overloaded' ? null : answer
    },
    { every: 500 },
  )

const ADMIN = { username: 'root', password: 'four words in a row' }

/** Starts the server and signs the administrator in, who is made where there is none. */
export async function startServer(dataDir: string): Promise<LiveServer> {
  const server = startProgram('main.ts', dataDir)
  try {
    return await signIn(server)
  } catch (error) {
    await kill(server) // nobody else would end it
    throw error
  }
}

async function signIn(server: Program): Promise<LiveServer> {
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
  if (cookie === undefined) throw new Error(`cannot sign in: ${await signedIn.text()}`)
  const call: LiveServer['call'] = (method, url, body) =>
    patientFetch(`${base}/api${url}`, {
      method,
      headers: { ...FROM_PAGE, cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const upload: LiveServer['upload'] = (url, fileName, text) => {
    const body = new FormData()
    body.append('file', new Blob([text]), fileName)
    return patientFetch(`${base}/api${url}`, { method: 'POST', headers: { ...FROM_PAGE, cookie }, body })
  }
  return { ...server, base, call, upload }
}
