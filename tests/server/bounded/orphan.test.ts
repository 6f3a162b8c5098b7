import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { until, within } from '../../until.ts'

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

it('a task that never ends is ended with the server that was killed', async () => {
  const parent = fork(fileURLToPath(new URL('endless-parent.ts', import.meta.url)), {
    execArgv: ['--import', import.meta.resolve('tsx')],
  })
  const [task] = (await within('the task has begun', once(parent, 'message'))) as [number]
  try {
    await sleep(500)
    expect(isThere(task)).toBe(true)
    parent.kill('SIGKILL')
    await until('the task has ended', () => !isThere(task))
  } finally {
    parent.kill('SIGKILL')
    if (isThere(task)) process.kill(task, 'SIGKILL')
  }
})
