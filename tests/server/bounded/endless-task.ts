import { serveTasks } from '../../../server/bounded/serve.ts'

/** A task that never gives its thread back, as a hostile file may make a reader do. */
serveTasks<null, number, void>(async (_task, { tell }) => {
  tell(process.pid)
  await new Promise((resolve) => setTimeout(resolve, 100)) // its number has been told by then
  for (;;);
})
