/** Runs in a worker thread: counts over all targets, with a connection of its own that only reads. */
import { type OpenDb, openDatabase } from '../../db/open.ts'
import { answer, type Asked, type Question } from './questions.ts'

export interface CountingTask {
  databasePath: string
  question: Question
  asked: Asked<Question>
}

/** Kept open as long as the thread lives: its page cache makes the next count quicker. */
let open: OpenDb | null = null

export default function count({ databasePath, question, asked }: CountingTask): unknown {
  open ??= openDatabase(databasePath, { readonly: true })
  return answer(open, question, asked)
}
