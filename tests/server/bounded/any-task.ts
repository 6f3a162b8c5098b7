/** A process whose tasks do what strangers' files make a reader do. */
import { serveTasks } from '../../../server/bounded/serve.ts'

export type AnyTask = 'nothing' | 'spin' | 'fill' | 'hold'

/** What 'hold' takes, in megabytes, and for how long, in milliseconds. */
const HELD = 180
const HELD_FOR = 1500

serveTasks<AnyTask, number, string>(async (task, { showProgress }) => {
  showProgress(process.pid)
  await new Promise((resolve) => setImmediate(resolve)) // let it be sent
  while (task === 'spin');
  const heap: Buffer[] = []
  while (task === 'fill') heap.push(Buffer.alloc(1024 * 1024, 1))
  if (task === 'hold') {
    for (let i = 0; i < HELD; i++) heap.push(Buffer.alloc(1024 * 1024, 1))
    await new Promise((resolve) => setTimeout(resolve, HELD_FOR))
  }
  return `done${heap.length > 0 ? ' with much' : ''}`
})
