/** What goes between a bounded process and the one that started it. One task at a time. */

export type ToChild<Task> = { task: Task }

export type FromChild<Progress, Result> =
  /** How far the task has come, in its own terms. */
  | { kind: 'progress'; progress: Progress }
  /** The task asks for so many more seconds of a processor. */
  | { kind: 'more-time'; seconds: number }
  | { kind: 'done'; result: Result }
  | { kind: 'failed'; error: { name: string; message: string; stack?: string; code?: string } }
