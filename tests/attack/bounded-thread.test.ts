import { afterAll, expect, it } from 'vitest'
import { BoundedThread, OverLimit } from '../../server/bounded-thread.ts'
import { until } from '../until.ts'
import { longestPause, printFigures } from './figures.ts'

const thread = new BoundedThread<string, string>(new URL('./greedy-worker.ts', import.meta.url), {
  memoryMb: 64,
  seconds: 20,
})
const hurried = new BoundedThread<string, string>(new URL('./greedy-worker.ts', import.meta.url), {
  memoryMb: 64,
  seconds: 3,
})
afterAll(async () => {
  await thread.close()
  await hurried.close()
})

it.each([
  ['memory', thread],
  ['time', hurried],
] as const)('a task that takes all the %s is ended, and the next one is done', async (what, bounded) => {
  const { result, pause } = await longestPause(() => bounded.run(what).catch((error: unknown) => error))
  printFigures(`a thread takes all the ${what}`, { pause })
  expect(result).toBeInstanceOf(OverLimit)
  // A new thread loads its program first, which takes of the same seconds where the machine has other work.
  const next = () =>
    bounded
      .run('nothing')
      .catch((error: unknown) => (error instanceof OverLimit ? null : Promise.reject(error as Error)))
  expect(await until('the next one is done', next)).toBe('done')
})

it('those who wait beyond the queue are turned away with 503', async () => {
  const answers = await Promise.allSettled(Array.from({ length: 30 }, () => thread.run('nothing')))
  const refused = answers.filter((answer) => answer.status === 'rejected')
  expect(refused).toHaveLength(9)
  for (const { reason } of refused) expect(reason).toMatchObject({ status: 503, code: 'overloaded' })
})
