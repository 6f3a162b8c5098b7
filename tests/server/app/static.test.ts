import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REQUESTS_PER_MINUTE } from '../../../server/plugins/rate-limits.ts'
import { buildTestApp, type TestApp } from '../helper.ts'

const SCRIPT = 'export {}\n'.repeat(100)

describe('the pages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhengbiao-static-'))
  let built: TestApp
  let missing: TestApp
  beforeAll(async () => {
    const dist = join(folder, 'dist')
    mkdirSync(join(dist, 'assets'), { recursive: true })
    writeFileSync(join(dist, 'index.html'), '<title>政标</title>')
    writeFileSync(join(dist, 'assets', 'index-abc123.js'), SCRIPT)
    writeFileSync(join(dist, 'assets', 'index-abc123.js.br'), brotliCompressSync(SCRIPT))
    writeFileSync(join(dist, 'assets', 'index-abc123.js.gz'), gzipSync(SCRIPT))
    writeFileSync(join(dist, 'assets', 'pdf-worker-abc123.js'), 'export {}')
    writeFileSync(join(folder, 'secret.txt'), 'secret')
    built = await buildTestApp({ webDist: dist })
    missing = await buildTestApp({ webDist: join(folder, 'nowhere') })
  })
  afterAll(async () => {
    await Promise.all([built.close(), missing.close()])
    rmSync(folder, { recursive: true })
  })
  const get = (url: string, headers: Record<string, string> = { accept: 'text/html,*/*' }) =>
    built.app.inject({ url, headers })

  it.each(['/', '/index.html', '/targets/12', '/targets?unitId=3', '/setup/token'])(
    'answer %s with index.html, never from a cache',
    async (url) => {
      const response = await get(url)
      expect(response.statusCode).toBe(200)
      expect(response.body).toContain('政标')
      expect(response.headers['content-type']).toMatch('text/html')
      expect(response.headers['cache-control']).toBe('no-cache')
      expect(response.headers['content-security-policy']).toMatch(`default-src 'self'`)
    },
  )

  it('let the browser keep what carries a hash in its name', async () => {
    const response = await get('/assets/index-abc123.js')
    expect(response.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(response.headers['content-type']).toMatch('javascript')
  })

  it('go out compressed where the browser takes that', async () => {
    const get = (encodings: string) =>
      built.app.inject({ url: '/assets/index-abc123.js', headers: { 'accept-encoding': encodings } })
    for (const [encodings, encoding, body] of [
      ['gzip, deflate, br', 'br', brotliCompressSync(SCRIPT)],
      ['gzip', 'gzip', gzipSync(SCRIPT)],
      ['identity', undefined, Buffer.from(SCRIPT)],
    ] as const) {
      const response = await get(encodings)
      expect(response.headers['content-encoding']).toBe(encoding)
      expect(response.rawPayload).toEqual(body)
      expect(response.headers['content-type']).toMatch('javascript')
      expect(response.headers['cache-control']).toBe('public, max-age=31536000, immutable')
      expect(response.headers.vary).toMatch(/accept-encoding/i)
    }
    expect(
      (await built.app.inject({ url: '/assets/pdf-worker-abc123.js', headers: { 'accept-encoding': 'br' } })).headers[
        'content-encoding'
      ],
    ).toBeUndefined()
  })

  it('are found although they were built after the start', async () => {
    const dist = join(folder, 'later')
    const app = await buildTestApp({ webDist: dist })
    try {
      expect((await app.app.inject({ url: '/', headers: { accept: 'text/html' } })).statusCode).toBe(503)
      mkdirSync(join(dist, 'assets'), { recursive: true })
      writeFileSync(join(dist, 'assets', 'new-1.js'), 'export {}')
      writeFileSync(join(dist, 'icon.svg'), '<svg/>')
      writeFileSync(join(dist, 'index.html'), '<title>政标</title>')
      for (const url of ['/', '/assets/new-1.js', '/icon.svg'])
        expect((await app.app.inject({ url })).statusCode, url).toBe(200)
    } finally {
      await app.close()
    }
  })

  it('are not counted as requests of a person', async () => {
    for (let i = 0; i <= REQUESTS_PER_MINUTE; i++) await get('/assets/index-abc123.js')
    expect((await get('/assets/index-abc123.js')).statusCode).toBe(200)
    expect((await get('/api/session')).statusCode).toBe(401)
  })

  it('let nothing but the thread that reads PDFs compile WebAssembly', async () => {
    expect((await get('/assets/pdf-worker-abc123.js')).headers['content-security-policy']).toContain(
      `script-src 'self' 'wasm-unsafe-eval';`,
    )
    for (const url of ['/', '/assets/index-abc123.js', '/api/health'])
      expect((await get(url)).headers['content-security-policy']).not.toContain('wasm')
  })

  it.each(['/assets/old-def456.js', '/favicon.png'])('do not answer %s with a page', async (url) => {
    expect((await get(url)).statusCode).toBe(404)
  })

  it.each(['/../secret.txt', '/..%2fsecret.txt', '/assets/..%2f..%2fsecret.txt'])(
    'show nothing outside of their folder: %s',
    async (url) => {
      expect((await get(url)).body).not.toContain('secret')
    },
  )

  it('leave the addresses of the API to the API', async () => {
    expect((await get('/api/nowhere')).json()).toMatchObject({ status: 404, code: 'not-found' })
    expect((await built.app.inject({ method: 'POST', url: '/targets/12' })).statusCode).toBe(404)
  })

  it('say what to do when they have not been built', async () => {
    const response = await missing.app.inject({ url: '/', headers: { accept: 'text/html' } })
    expect(response.statusCode).toBe(503)
    expect(response.body).toContain('npm run build')
    expect((await missing.app.inject({ url: '/api/health' })).statusCode).toBe(200)
  })
})
