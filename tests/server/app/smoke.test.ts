import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../helper.ts'

const DESCRIPTION = fileURLToPath(new URL('../../../web/src/api/openapi.json', import.meta.url))

describe('the application', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await buildTestApp()
  })
  afterAll(() => test.close())

  it('is healthy', async () => {
    const response = await test.inject({ url: '/api/health' })
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({ status: 'ok' })
  })

  it('signs people in', async () => {
    const response = await test.injectAs('reporter', { url: '/api/session' })
    expect(response.json()).toMatchObject({
      username: 'reporter',
      role: 'reporter',
      unit: { name: '甲局' },
      mustChangePassword: false,
    })
  })

  it('describes itself', async () => {
    const response = await test.inject({ url: '/api/openapi.json' })
    expect(response.statusCode).toBe(200)
    expect(Object.keys(response.json().paths)).toContain('/api/session')
  })

  it('is described in the file from which the client of the pages was made', async () => {
    const described = (await test.inject({ url: '/api/openapi.json' })).json()
    expect(JSON.parse(readFileSync(DESCRIPTION, 'utf8')), 'web/src/api is out of date: run npm run client').toEqual(
      described,
    )
  })

  it('shows the description on a page whose parts are all there', async () => {
    const page = await test.inject({ url: '/api/docs' })
    expect(page.statusCode).toBe(200)
    const parts = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, url]) => new URL(url!, 'http://localhost/api/docs').pathname,
    )
    expect(parts.length).toBeGreaterThan(3)
    for (const url of parts) expect((await test.inject({ url })).statusCode, url).toBe(200)
  })
})
