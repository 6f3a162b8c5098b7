import type { FromChild, ToChild } from './messages.ts'
import { endWithParent } from './parent-watch.ts'

/** What a task may do beside its work. */
interface TaskMeans<Progress> {
  showProgress: (progress: Progress) => void
  /** Asks for so many more seconds of a processor, before work that is honestly slow. */
  moreTime: (seconds: number) => void
  /** Whether the process that asked for the task is still there: a task that ends after it must not write. */
  isWanted: () => boolean
}

/**
 * Makes this process one that works on tasks, until the process that started it ends. To be called once, by the module
 * that a {@link BoundedPool} starts.
 */
export function serveTasks<Task, Progress, Result>(
  work: (task: Task, means: TaskMeans<Progress>) => Promise<Result>,
): void {
  // Told by the parent: asked here, a process whose parent ended while it was starting would take its new one for it.
  const parent = Number(process.argv[2])
  endWithParent(parent)
  const send = (message: FromChild<Progress, Result>) => {
    // The other end may be gone this very moment; 'disconnect' ends this process then.
    if (process.connected) process.send!(message, undefined, undefined, () => {})
  }
  const means: TaskMeans<Progress> = {
    showProgress: (progress) => send({ kind: 'progress', progress }),
    moreTime: (seconds) => send({ kind: 'more-time', seconds }),
    isWanted: () => process.ppid === parent,
  }
  process.on('message', (message) => {
    work((message as ToChild<Task>).task, means).then(
      (result) => send({ kind: 'done', result }),
      (error: unknown) => {
        const {
          name,
          message: text,
          stack,
          code,
        } = (error instanceof Error ? error : new Error(String(error))) as Error & {
          code?: string
        }
        send({ kind: 'failed', error: { name, message: text, stack, code } })
      },
    )
  })
  process.on('disconnect', () => process.exit())
  // Ctrl-C reaches every process of the terminal; this one ends when its parent says so.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => {})
}
