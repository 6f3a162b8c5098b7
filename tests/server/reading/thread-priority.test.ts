import { getPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'

const WORKER = `
  import { parentPort } from 'node:worker_threads'
  import { readlinkSync } from 'node:fs'
  import { getPriority } from 'node:os'
  const { register } = await import(process.env.LOADER)
  register()
  const { giveWay } = await import(process.env.MODULE)
  const own = () => getPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)))
  const before = own()
  giveWay()
  parentPort.postMessage([before, own()])
`

test.runIf(process.platform === 'linux')('a thread gives way to the others, and no other does', async () => {
  const module = new URL('../../../server/reading/thread-priority.ts', import.meta.url).href
  const own = getPriority()
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(WORKER)}`), {
    execArgv: [],
    env: { ...process.env, MODULE: module, LOADER: import.meta.resolve('tsx/esm/api') },
  })
  const [before, after] = await new Promise<number[]>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  await worker.terminate()
  expect(before).toBe(own)
  expect(after).toBeGreaterThan(own)
  expect(getPriority()).toBe(own)
})
