import { Agent, request } from 'node:http'
import { LOAD_PASSWORD, type LoadPerson } from './people.ts'

/** An answer of the server, or 0 where the connection broke. */
export interface Answer {
  status: number
  body: unknown
}

/** One person with a browser: connections and cookie of their own, and an address of their own behind the proxy. */
export class Visitor {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 6 })
  private cookie = ''

  constructor(
    readonly person: LoadPerson,
    private readonly server: string,
    private readonly address: string,
  ) {}

  async signIn(): Promise<void> {
    const { status } = await this.send('POST', '/api/session', {
      username: this.person.username,
      password: LOAD_PASSWORD,
    })
    if (status !== 200 && status !== 204) throw new Error(`${this.person.username} cannot sign in: ${status}`)
  }

  send(method: 'GET' | 'POST', path: string, payload?: unknown): Promise<Answer> {
    const body = payload === undefined ? undefined : Buffer.from(JSON.stringify(payload))
    return new Promise((resolve) => {
      const sent = request(
        `${this.server}${path}`,
        {
          method,
          agent: this.agent,
          headers: {
            'x-requested-with': 'zhengbiao',
            'x-forwarded-for': this.address,
            ...(this.cookie && { cookie: this.cookie }),
            ...(body && { 'content-type': 'application/json', 'content-length': body.length }),
          },
        },
        (response) => {
          const chunks: Buffer[] = []
          const set = response.headersDistinct['set-cookie']
          if (set) this.cookie = set.map((line) => line.split(';')[0]).join('; ')
          response
            .on('data', (chunk: Buffer) => chunks.push(chunk))
            .on('error', () => resolve({ status: 0, body: null }))
            .on('end', () => {
              resolve({ status: response.statusCode ?? 0, body: parse(Buffer.concat(chunks)) })
            })
        },
      )
      sent.on('error', () => resolve({ status: 0, body: null })).end(body)
    })
  }

  close(): void {
    this.agent.destroy()
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return null
  }
}
