/** Starts a task without end in a bounded process, says that one's number, and waits to be killed; half a minute at most. */
import { BoundedPool } from '../../../server/bounded/pool.ts'
import type { AnyTask } from './any-task.ts'

const pool = new BoundedPool<AnyTask, number, string>(new URL('any-task.ts', import.meta.url))
setTimeout(() => process.exit(1), 30_000)
await pool.run({ task: 'spin', megabytes: 256, seconds: 30, small: true, onMessage: (pid) => process.send!(pid) })
