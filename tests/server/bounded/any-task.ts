/** A process whose tasks do what strangers' files make a reader do. */
import { existsSync } from 'node:fs'
import { serveTasks } from '../../../server/bounded/serve.ts'

/** `hold PATH` takes much memory until the file is there. */
export type AnyTask = 'nothing' | 'spin' | 'fill' | `hold ${string}`

/** What 'hold' takes, in megabytes. */
const HELD = 180

serveTasks<AnyTask, number, string>(async (task, { showProgress }) => {
  showProgress(process.pid)
  await new Promise((resolve) => setImmediate(resolve)) // let it be sent
  while (task === 'spin');
  const heap: Buffer[] = []
  while (task === 'fill') heap.push(Buffer.alloc(1024 * 1024, 1))
  if (task.startsWith('hold ')) {
    for (let i = 0; i < HELD; i++) heap.push(Buffer.alloc(1024 * 1024, 1))
    while (!existsSync(task.slice('hold '.length))) await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return `done${heap.length > 0 ? ' with much' : ''}`
})
