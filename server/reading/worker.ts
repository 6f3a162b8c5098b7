/** Runs in a reader thread: answers questions one after the other, with a connection of its own that only reads. */
import { performance } from 'node:perf_hooks'
import { parentPort } from 'node:worker_threads'
import { type OpenDb, openDatabase } from '../../db/open.ts'
import { Problem } from '../errors.ts'
import { compressed } from './page-text.ts'
import { answer, answerText, type Page, type Question } from './questions.ts'
import { giveWay } from './thread-priority.ts'
import type { ThreadAnswer, ThreadTask } from './thread.ts'

/** Kept open as long as the thread lives: statements stay prepared and its page cache makes the next answer quicker. */
let open: OpenDb | null = null

function answered({ number, databasePath, question, asked, asText }: ThreadTask): ThreadAnswer {
  const begin = performance.now()
  const taken = () => performance.now() - begin
  try {
    open ??= openDatabase(databasePath, { readonly: true })
    const result = asText
      ? compressed(answerText(open, question as Page, asked as never))
      : answer(open, question as Question, asked as never)
    return { number, ms: taken(), result }
  } catch (error) {
    if (error instanceof Problem) {
      const { status, code, title, detail, extra } = error
      return { number, ms: taken(), problem: { status, code, title, detail, extra } }
    }
    return { number, ms: taken(), fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

giveWay()
parentPort!.on('message', (task: ThreadTask) => parentPort!.postMessage(answered(task)))
