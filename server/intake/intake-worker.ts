/** A process of its own with a database connection of its own: it reads what was sent by anybody, and writes thousands of rows. */
import { openDatabase } from '../../db/open.ts'
import { serveTasks } from '../bounded/serve.ts'
import { Problem } from '../errors.ts'
import { ReadError } from '../readers/types.ts'
import { type IntakeAnswer, type IntakeProgress, type IntakeTask, runIntakeTask } from './tasks.ts'

/** A refusal goes from process to process as plain words: its class would be lost. */
type Refusal = Pick<Problem, 'status' | 'code' | 'title' | 'detail' | 'extra'>

export type ProcessTask = IntakeTask & { databasePath: string }
export type ProcessAnswer = { answer: IntakeAnswer } | { refusal: Refusal }

serveTasks<ProcessTask, IntakeProgress, ProcessAnswer>(async ({ databasePath, ...task }, means) => {
  const db = openDatabase(databasePath)
  try {
    return { answer: await runIntakeTask(db, task as IntakeTask, means) }
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal === null) throw error
    return { refusal }
  } finally {
    db.$client.close()
  }
})

function refusalOf(error: unknown): Refusal | null {
  if (error instanceof ReadError)
    return { status: 422, code: error.code, title: '文件不能读取', detail: error.message, extra: {} }
  if (!(error instanceof Problem)) return null
  const { status, code, title, detail, extra } = error
  return { status, code, title, detail, extra }
}
