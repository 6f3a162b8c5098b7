/** Loaded first by the programs that tests start: whoever started one may be ended before it could end it. */
import { isMainThread } from 'node:worker_threads'

const parent = process.ppid
if (isMainThread)
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1)
  }, 1_000).unref()
