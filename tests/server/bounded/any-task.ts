/** A process whose tasks do what strangers' files make a reader do. */
import { serveTasks } from '../../../server/bounded/serve.ts'

export type AnyTask = 'nothing' | 'spin' | 'fill'

serveTasks<AnyTask, number, string>(async (task, { showProgress }) => {
  showProgress(process.pid)
  await new Promise((resolve) => setImmediate(resolve)) // let it be sent
  while (task === 'spin');
  const heap: Buffer[] = []
  while (task === 'fill') heap.push(Buffer.alloc(1024 * 1024, 1))
  return 'done'
})
