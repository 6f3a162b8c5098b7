import { BoundedPool } from '../../../server/bounded/pool.ts'

/** Starts the endless task and tells its process to whoever started this one. */
const pool = new BoundedPool<null, number, void>(new URL('./endless-task.ts', import.meta.url))
void pool.run({
  task: null,
  megabytes: 256,
  seconds: 60, // where the test fails, it is over then
  small: true,
  owner: null,
  onProgress: (pid) => process.send!(pid),
})
setTimeout(() => process.exit(), 60_000)
