/** Runs in a thread with limits: a workbook sent by anybody is read here, and a template is made, which takes as long. */
import { readTemplate, type ReadTemplate } from './read-template.ts'
import { type TemplateRow, templateXlsx } from './template.ts'

export type TemplateTask = { kind: 'read'; bytes: Uint8Array; fileName: string } | { kind: 'make'; rows: TemplateRow[] }
export type TemplateAnswer = ReadTemplate | Uint8Array

export default function work(task: TemplateTask): Promise<TemplateAnswer> {
  return task.kind === 'read'
    ? readTemplate(Buffer.from(task.bytes.buffer, task.bytes.byteOffset, task.bytes.length), task.fileName)
    : templateXlsx(task.rows)
}
