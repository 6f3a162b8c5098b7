import { Worker } from 'node:worker_threads'

/** How often the parent is looked for, in milliseconds. */
const LOOK_EVERY = 500

/**
 * Ends this process as soon as its parent has gone, also in the middle of work that never returns to the event loop: what
 * reads a hostile file for ever must not outlive a server that was killed. A thread of its own looks, since the loop of
 * this one may be kept busy.
 * @param parent the number of the parent's process
 */
export function endWithParent(parent: number): void {
  const look = `
    const { workerData } = require('node:worker_threads')
    setInterval(() => {
      if (process.ppid !== workerData.parent) process.kill(process.pid, 'SIGKILL')
    }, workerData.every)
  `
  new Worker(look, { eval: true, execArgv: [], workerData: { parent, every: LOOK_EVERY } }).unref()
}
