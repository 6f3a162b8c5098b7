import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { Client } from './client.ts'

/** A server that hangs up on every connection with its second request, as one whose idle time is over. */
async function forgetful() {
  const asked: string[] = []
  const seen = new WeakSet<object>()
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    if (seen.has(request.socket)) return void request.socket.destroy()
    seen.add(request.socket)
    response.end('yes')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { asked, server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('a question on a connection that the server has left is asked once more, a write is not', async () => {
  const { asked, server, address } = await forgetful()
  const client = new Client(address)
  try {
    expect((await client.get('/first')).toString()).toBe('yes')
    expect((await client.get('/second')).toString()).toBe('yes')
    expect(asked).toEqual(['GET /first', 'GET /second', 'GET /second'])
    await client.get('/third') // the connection that was left is not used again
    await expect(client.post('/write', {})).rejects.toThrow(/socket hang up|ECONNRESET/)
    expect(asked.filter((line) => line === 'POST /write')).toHaveLength(1)
  } finally {
    client.close()
    server.close()
  }
})
