/** Runs in a worker thread: a docx of a thousand rows takes half a second of a processor. */
import { bulletinDocx } from './bulletin-docx.ts'
import { bulletinXlsx } from './bulletin-xlsx.ts'
import type { Bulletin } from './schemas.ts'

export type FileTask = { kind: 'docx'; bulletin: Bulletin; on: string } | { kind: 'xlsx'; bulletin: Bulletin }

export default function build(task: FileTask): Promise<Uint8Array> {
  return task.kind === 'docx' ? bulletinDocx(task.bulletin, task.on) : bulletinXlsx(task.bulletin)
}
