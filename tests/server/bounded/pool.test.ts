import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { BoundedError, BoundedPool } from '../../../server/bounded/pool.ts'
import { until } from '../../until.ts'
import type { AnyTask } from './any-task.ts'

const pool = new BoundedPool<AnyTask, number, string>(new URL('any-task.ts', import.meta.url))
afterAll(() => pool.close())

/** @param megabytes far more than the program itself takes */
const run = (task: AnyTask, seconds: number, owner: number | null = null) => {
  const pids: number[] = []
  const end = pool.run({ task, megabytes: 400, seconds, small: true, owner, onProgress: (pid) => pids.push(pid) })
  return { end, pids }
}

it.each([
  ['fill', 'memory', 30],
  ['spin', 'time', 2],
] as const)('a task that would %s for ever is ended for its %s', async (task, reason, seconds) => {
  const { end, pids } = run(task, seconds)
  const error: unknown = await end.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(BoundedError)
  expect(error).toMatchObject({ reason })
  await until('its process has gone', () => !existsSync(`/proc/${pids[0]}`))
})

it('a small task is done beside a large one, which is ended when nobody wants it any more', async () => {
  const abort = new AbortController()
  const large = pool.run({ task: 'spin', megabytes: 400, seconds: 80, small: false, owner: null, signal: abort.signal })
  let hasEnded = false
  const end = large.catch((error: unknown) => error).finally(() => (hasEnded = true))
  expect(await run('nothing', 80).end).toBe('done')
  expect(hasEnded).toBe(false)
  abort.abort()
  expect(await end).toMatchObject({ name: 'AbortError' })
})

it('people take turns, and one who asks for too much is turned away while others are not', async () => {
  const few = new BoundedPool<AnyTask, number, string>(new URL('any-task.ts', import.meta.url), 3)
  try {
    const done: string[] = []
    const ask = (owner: number, name: string) =>
      few.run({ task: 'nothing', megabytes: 400, seconds: 80, small: false, owner }).then(() => void done.push(name))
    const asked = [ask(1, 'first of one'), ask(1, 'second'), ask(1, 'third'), ask(1, 'fourth')]
    await expect(ask(1, 'too many')).rejects.toMatchObject({ status: 503, code: 'overloaded' })
    await Promise.all([...asked, ask(2, 'of another')])
    expect(done).toEqual(['first of one', 'of another', 'second', 'third', 'fourth'])
  } finally {
    await few.close()
  }
})

it('a process that idles gives way to one that works, in whichever pool', async () => {
  const other = new BoundedPool<AnyTask, number, string>(new URL('any-task.ts', import.meta.url))
  const limits = { megabytes: 400, seconds: 80, small: true, owner: null }
  try {
    const pids: number[] = []
    await other.run({ task: 'nothing', ...limits, onProgress: (pid) => pids.push(pid) })
    expect(existsSync(`/proc/${pids[0]}`)).toBe(true)
    const next = run('nothing', 80)
    await next.end
    await until('it has gone', () => !existsSync(`/proc/${pids[0]}`))
    const again = run('nothing', 80)
    await again.end
    expect(again.pids, 'its own is used again').toEqual(next.pids)
  } finally {
    await other.close()
  }
})

describe('two that together take more than one may', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhengbiao-pool-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const hold = (from: typeof pool, until: string, repeatable: boolean) => {
    const pids: number[] = []
    const limits = { megabytes: 400, seconds: 80, small: true, owner: null, repeatable }
    const task = `hold ${join(folder, until)}` as const
    const end = from.run({ task, ...limits, onProgress: (pid) => pids.push(pid) })
    return { end, pids }
  }

  it.each(['the same pool', 'another pool'])(
    'in %s: the one begun last gives way and is begun again',
    async (which) => {
      const other = new BoundedPool<AnyTask, number, string>(new URL('any-task.ts', import.meta.url))
      try {
        const first = hold(pool, which, true)
        const last = hold(which === 'the same pool' ? pool : other, which, true)
        const order: string[] = []
        const ends = [first.end.then(() => order.push('first')), last.end.then(() => order.push('last'))]
        await until('the last was ended', () => last.pids.length === 1 && !existsSync(`/proc/${last.pids[0]}`), {
          seconds: 60,
        })
        // who begins meanwhile waits until the one that gave way has had its turn
        const later = run('nothing', 80)
        ends.push(later.end.then(() => order.push('later')))
        writeFileSync(join(folder, which), '')
        await Promise.all(ends)
        expect(await last.end).toBe('done with much')
        expect([first.pids.length, last.pids.length]).toEqual([1, 2])
        expect(order[0]).toBe('first')
      } finally {
        await other.close()
      }
    },
  )

  it('go on where neither may be begun again', async () => {
    const both = [hold(pool, 'both', false), hold(pool, 'both', false)]
    await until('both have begun', () => both.every(({ pids }) => pids.length === 1), { seconds: 60 })
    writeFileSync(join(folder, 'both'), '')
    expect(await Promise.all(both.map(({ end }) => end))).toEqual(['done with much', 'done with much'])
  })
})
