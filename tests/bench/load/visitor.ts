import { Agent, request } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { LOAD_PASSWORD, type LoadPerson } from './people.ts'

/** An answer of the server; the status is 0 where the connection broke. */
export class Answer {
  constructor(
    readonly status: number,
    private readonly bytes: Buffer = Buffer.alloc(0),
    private readonly isCompressed = false,
  ) {}

  /** What its JSON says, null where it is none. Unpacked when it is asked for: who asks shares the machine with the server. */
  get body(): unknown {
    try {
      return JSON.parse((this.isCompressed ? gunzipSync(this.bytes) : this.bytes).toString())
    } catch {
      return null
    }
  }
}

/** One person with a browser: connections and cookie of their own, and an address of their own behind the proxy. */
export class Visitor {
  private cookie = ''

  constructor(
    readonly person: LoadPerson,
    private readonly server: string,
    private readonly address: string,
    private readonly agent = new Agent({ keepAlive: true, maxSockets: 6 }),
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
            'accept-encoding': 'gzip',
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
            .on('error', () => resolve(new Answer(0)))
            .on('end', () => {
              const isCompressed = response.headers['content-encoding'] === 'gzip'
              resolve(new Answer(response.statusCode ?? 0, Buffer.concat(chunks), isCompressed))
            })
        },
      )
      sent.on('error', () => resolve(new Answer(0))).end(body)
    })
  }

  close(): void {
    this.agent.destroy()
  }
}
