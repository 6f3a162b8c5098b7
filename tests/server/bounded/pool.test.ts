import { existsSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { BoundedError, BoundedPool } from '../../../server/bounded/pool.ts'
import { until } from '../../until.ts'
import type { AnyTask } from './any-task.ts'

const pool = new BoundedPool<AnyTask, number, string>(new URL('any-task.ts', import.meta.url))
afterAll(() => pool.close())

/** @param megabytes far more than the program itself takes */
const run = (task: AnyTask, seconds: number) => {
  const pids: number[] = []
  const end = pool.run({ task, megabytes: 400, seconds, small: true, onProgress: (pid) => pids.push(pid) })
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
  await until('its process has gone', () => !existsSync(`/proc/${pids[0]}`), { seconds: 10 })
})

it('a small task is done beside a large one, which is ended when nobody wants it any more', async () => {
  const abort = new AbortController()
  const large = pool.run({ task: 'spin', megabytes: 400, seconds: 80, small: false, signal: abort.signal })
  let hasEnded = false
  const end = large.catch((error: unknown) => error).finally(() => (hasEnded = true))
  expect(await run('nothing', 80).end).toBe('done')
  expect(hasEnded).toBe(false)
  abort.abort()
  expect(await end).toMatchObject({ name: 'AbortError' })
})
