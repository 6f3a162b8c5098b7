import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FROM_PAGE } from '../helper.ts'

const MAIN = fileURLToPath(new URL('../../../server/main.ts', import.meta.url))

describe('npm start', () => {
  let dataDir: string
  const children: ChildProcess[] = []
  beforeEach(() => {
    dataDir = join(mkdtempSync(join(tmpdir(), 'zhengbiao-main-')), 'not there yet')
  })
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
    }
    rmSync(join(dataDir, '..'), { recursive: true, force: true })
  })

  /** Starts the server; `ready` waits for its first line, `end` for its exit. */
  function start(env: Record<string, string> = {}) {
    const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
      env: { ...process.env, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...env },
    })
    children.push(child)
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    const exit = once(child, 'exit') as Promise<[number | null, string | null]>
    const seen = async (pattern: RegExp): Promise<string> => {
      while (!pattern.test(output)) {
        if (child.exitCode !== null) throw new Error(`ended: ${output}`)
        await Promise.race([once(child.stdout, 'data'), exit])
      }
      return pattern.exec(output)![0]
    }
    return { child, exit, seen, output: () => output }
  }

  it('on an empty folder prints a link with which exactly one administrator can be made', async () => {
    const { seen, child, exit } = start()
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
    expect(await exit).toEqual([0, null])
    expect(existsSync(join(dataDir, 'zhengbiao.sqlite-wal'))).toBe(false) // closed, not left

    const second = start()
    await second.seen(/http:\/\/127\.0\.0\.1:\d+/)
    expect(second.output()).not.toContain('/setup/')
    second.child.kill('SIGINT')
    expect(await second.exit).toEqual([0, null])
  })

  it('prints a new link at each start until it is used; the old one ends', async () => {
    const first = start()
    const old = (await first.seen(/\/setup\/\S+/)).slice('/setup/'.length)
    first.child.kill('SIGTERM')
    await first.exit
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
    const { exit, output } = start(env)
    expect((await exit)[0]).toBe(1)
    expect(output()).toMatch(message)
  })

  it('says that the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const { exit, output } = start({ PORT: String(port) })
    expect((await exit)[0]).toBe(1)
    expect(output()).toMatch(/^Cannot start: the port is in use, choose another one with PORT/)
    other.close()
  })
})
