import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { kill, type Program, startProgram } from '../../programs.ts'
import { FROM_PAGE } from '../helper.ts'

describe('npm start', () => {
  let dataDir: string
  const started: Program[] = []
  beforeEach(() => {
    dataDir = join(mkdtempSync(join(tmpdir(), 'zhengbiao-main-')), 'not there yet')
  })
  afterEach(async () => {
    await Promise.all(started.splice(0).map(kill))
    rmSync(join(dataDir, '..'), { recursive: true, force: true })
  })

  function start(env: Record<string, string> = {}) {
    const server = startProgram('main.ts', dataDir, [], { LOG_LEVEL: 'warn', ...env })
    started.push(server)
    return server
  }

  it('on an empty folder prints a link with which exactly one administrator can be made', async () => {
    const { seen, child, ended } = start()
    const link = await seen(/http:\/\/127\.0\.0\.1:\d+\/setup\/\S+/)
    const [base, token] = link.split('/setup/') as [string, string]
    const setUp = (body: object) =>
      fetch(`${base}/api/setup/${token}`, {
        method: 'POST',
        headers: { ...FROM_PAGE, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    expect((await fetch(`${base}/api/setup/${token}`)).status).toBe(200)
    expect((await fetch(`${base}/api/setup/${token}x`)).status).toBe(404)
    const weak = await setUp({ username: 'root', displayName: '管理员', password: 'password123' })
    expect(await weak.json()).toMatchObject({ code: 'weak-password' })
    const made = await setUp({ username: 'root', displayName: '管理员', password: 'four words in a row' })
    expect(made.status).toBe(201)
    expect(await made.json()).toMatchObject({ username: 'root', role: 'admin' })
    const cookie = made.headers.get('set-cookie')!.split(';')[0]!
    expect((await fetch(`${base}/api/session`, { headers: { cookie } })).status).toBe(200)
    expect((await setUp({ username: 'second', displayName: '第二人', password: 'four words in a row' })).status).toBe(
      404,
    )
    expect((await fetch(`${base}/api/setup/${token}`)).status).toBe(404)
    child.kill('SIGTERM')
    expect(await ended()).toBe(0)
    expect(existsSync(join(dataDir, 'zhengbiao.sqlite-wal'))).toBe(false) // closed, not left

    const second = start()
    await second.seen(/http:\/\/127\.0\.0\.1:\d+/)
    expect(second.output()).not.toContain('/setup/')
    second.child.kill('SIGINT')
    expect(await second.ended()).toBe(0)
  })

  it('prints a new link at each start until it is used; the old one ends', async () => {
    const first = start()
    const old = (await first.seen(/\/setup\/\S+/)).slice('/setup/'.length)
    first.child.kill('SIGTERM')
    await first.ended()
    const second = start()
    const link = await second.seen(/http:\S+\/setup\/\S+/)
    expect(link).not.toContain(old)
    expect((await fetch(`${link.split('/setup/')[0]}/api/setup/${old}`)).status).toBe(404)
  })

  it.each([
    [{ PORT: 'eighty' }, /^Cannot start: PORT must be a number \(it is "eighty"\)\n$/],
    [{ PORT: '70000' }, /^Cannot start: PORT must be 0 to 65535 \(it is "70000"\)\n$/],
    [
      { LOG_LEVEL: 'loud', PORT: '1.5' },
      /^Cannot start: PORT must be a whole number .*; LOG_LEVEL must be one of .* \(it is "loud"\)\n$/,
    ],
    [{ PUBLIC_URL: 'zhengbiao' }, /^Cannot start: PUBLIC_URL must be an address/],
  ])('with %j says in one line what is wrong', async (env, message) => {
    const { ended, output } = start(env)
    expect(await ended()).toBe(1)
    expect(output()).toMatch(message)
  })

  it('says that the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const { ended, output } = start({ PORT: String(port) })
    expect(await ended()).toBe(1)
    expect(output()).toMatch(/^Cannot start: the port is in use, choose another one with PORT/m)
    other.close()
  })
})
