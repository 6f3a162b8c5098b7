import type { FromChild, ToChild } from './messages.ts'
import { endWithParent } from './parent-watch.ts'

/** What a task may do beside its work. */
export interface Told<Message> {
  tell: (message: Message) => void
  /** Asks for so many more seconds of a processor, before work that is honestly slow. */
  moreTime: (seconds: number) => void
  /** Whether the process that asked for the task is still there: a task that ends after it must not write. */
  isWanted: () => boolean
}

/**
 * Makes this process one that works on tasks, until the process that started it ends. To be called once, by the module
 * that a {@link BoundedPool} starts.
 */
export function serveTasks<Task, Message, Result>(work: (task: Task, told: Told<Message>) => Promise<Result>): void {
  // Told by the parent: asked here, a process whose parent ended while it was starting would take its new one for it.
  const parent = Number(process.argv[2])
  endWithParent(parent)
  const send = (message: FromChild<Message, Result>) => {
    // The other end may be gone this very moment; 'disconnect' ends this process then.
    if (process.connected) process.send!(message, undefined, undefined, () => {})
  }
  const told: Told<Message> = {
    tell: (message) => send({ kind: 'tell', message }),
    moreTime: (seconds) => send({ kind: 'more-time', seconds }),
    isWanted: () => process.ppid === parent,
  }
  process.on('message', (message) => {
    work((message as ToChild<Task>).task, told).then(
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
  // A key pressed in the terminal reaches every process of it; when this one ends is for the other to say.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => {})
}
