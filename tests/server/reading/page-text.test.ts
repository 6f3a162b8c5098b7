import { gunzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { describe, expect, it, test } from 'vitest'
import { acceptsGzip } from '../../../server/gzip.ts'
import { compressionPlugin } from '../../../server/plugins/compression.ts'
import { compressed, type PageText, plain, sendJson } from '../../../server/reading/page-text.ts'

const LONG = JSON.stringify({ items: Array.from({ length: 200 }, (_, i) => ({ id: i, indicator: '污水集中处理率' })) })
const SHORT = '{"items":[]}'

describe('acceptsGzip', () => {
  test.each([
    [undefined, false],
    ['', false],
    ['gzip, deflate, br', true],
    ['br;q=1.0, gzip;q=0.8, *;q=0.1', true],
    ['GZIP', true],
    ['gzip;q=0', false],
    ['gzip; q=0.000, br', false],
    ['*', true],
    ['*, gzip;q=0', false],
    ['identity', false],
    ['x-gzip-like', false],
  ])('%s: %s', (header, expected) => expect(acceptsGzip(header)).toBe(expected))
})

describe('a page', () => {
  const ask = async (text: PageText, encoding?: string, method: 'GET' | 'POST' = 'GET') => {
    const app = Fastify()
    await app.register(compressionPlugin)
    app.route({ url: '/', method, handler: async (_request, reply) => sendJson(reply, text) })
    const headers = encoding === undefined ? {} : { 'accept-encoding': encoding }
    const answer = await app.inject({ url: '/', method, headers })
    await app.close()
    return answer
  }

  it.each([
    ['made in the process', LONG],
    ['made in a thread', compressed(LONG)],
  ])('%s is compressed for who takes it, and for nobody else', async (_where, text) => {
    const taken = await ask(text, 'gzip, br')
    expect(taken.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
    expect(taken.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(gunzipSync(taken.rawPayload).toString()).toBe(LONG)
    expect(taken.rawPayload.length).toBeLessThan(Buffer.byteLength(LONG) / 8)
    const refused = await ask(text, 'identity')
    expect(refused.headers['content-encoding']).toBeUndefined()
    expect(refused.headers.vary).toBe('accept-encoding')
    expect(refused.body).toBe(LONG)
  })

  it('that is short goes out as it is', async () => {
    expect(compressed(SHORT)).toBe(SHORT)
    const answer = await ask(SHORT, 'gzip')
    expect(answer.headers['content-encoding']).toBeUndefined()
    expect(answer.body).toBe(SHORT)
  })

  it('that answers a POST, which may show a secret, is never compressed', async () => {
    const answer = await ask(LONG, 'gzip', 'POST')
    expect(answer.headers['content-encoding']).toBeUndefined()
    expect(answer.body).toBe(LONG)
  })

  it('reads as its JSON either way', () => {
    expect(plain(compressed(LONG))).toBe(LONG)
    expect(plain(SHORT)).toBe(SHORT)
  })
})
