import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'
import { gunzipSync } from 'node:zlib'

/** The server had closed a connection that was used before; the request on it was not answered. */
class StaleConnection extends Error {}

/** One keep-alive connection to a server, signed in. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 2 })
  private cookie = ''

  constructor(private readonly address: string) {}

  async signIn(username: string, password: string): Promise<void> {
    const { headers } = await this.send(
      'POST',
      '/api/session',
      Buffer.from(JSON.stringify({ username, password })),
      'application/json',
    )
    this.cookie = (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ')
  }

  /** The body of an answer; an error where it is none of success. */
  async get(path: string): Promise<Buffer> {
    return (await this.send('GET', path)).body
  }

  async post(path: string, body: unknown): Promise<Buffer> {
    return (await this.send('POST', path, Buffer.from(JSON.stringify(body)), 'application/json')).body
  }

  async delete(path: string): Promise<Buffer> {
    return (await this.send('DELETE', path)).body
  }

  /** Milliseconds until the whole answer is there. */
  async time(path: string): Promise<{ ms: number; body: Buffer }> {
    const start = performance.now()
    const body = await this.get(path)
    return { ms: performance.now() - start, body }
  }

  async upload(path: string, fileName: string, bytes: Buffer): Promise<Buffer> {
    const boundary = 'zhengbiao-bench'
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: text/plain\r\n\r\n`
    const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
    return (await this.send('POST', path, body, `multipart/form-data; boundary=${boundary}`)).body
  }

  close(): void {
    this.agent.destroy()
  }

  /**
   * A question whose connection had been used before and was closed by the server in the moment it was sent (the
   * benchmark's own statements block this process for longer than the server keeps an idle connection) is asked once
   * more, on a new one: it was not read. Only what changes nothing.
   */
  private async send(method: string, path: string, body?: Buffer, type?: string) {
    try {
      return await this.sendOnce(method, path, body, type)
    } catch (error) {
      if (method !== 'GET' || !(error instanceof StaleConnection)) throw error
      return this.sendOnce(method, path, body, type, false)
    }
  }

  private sendOnce(method: string, path: string, body?: Buffer, type?: string, reuse = true) {
    return new Promise<{ body: Buffer; headers: Record<string, string[] | undefined> }>((resolve, reject) => {
      const headers = {
        'x-requested-with': 'zhengbiao',
        'accept-encoding': 'gzip',
        ...(this.cookie && { cookie: this.cookie }),
        ...(body && { 'content-type': type, 'content-length': body.length }),
      }
      const sent = request(`${this.address}${path}`, { method, headers, agent: reuse && this.agent }, (response) => {
        const chunks: Buffer[] = []
        response
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('error', reject)
          .on('end', () => {
            const sent = Buffer.concat(chunks)
            const answer = response.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent
            if ((response.statusCode ?? 500) >= 300)
              reject(new Error(`${method} ${path}: ${response.statusCode} ${answer.toString()}`))
            else resolve({ body: answer, headers: response.headersDistinct })
          })
      })
      sent
        .on('error', (error: NodeJS.ErrnoException) =>
          reject(sent.reusedSocket && error.code === 'ECONNRESET' ? new StaleConnection(error.message) : error),
        )
        .end(body)
    })
  }
}
