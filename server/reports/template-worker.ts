/** A process of its own: a workbook sent by anybody is read here, and a template is made, which takes as long. */
import { readFileSync } from 'node:fs'
import { serveTasks } from '../bounded/serve.ts'
import { readTemplate, type ReadTemplate } from './read-template.ts'
import { type TemplateRow, templateXlsx } from './template.ts'

export type TemplateTask = { do: 'read'; path: string; fileName: string } | { do: 'make'; rows: TemplateRow[] }
export type TemplateAnswer = { read: ReadTemplate } | { made: Uint8Array }

serveTasks<TemplateTask, never, TemplateAnswer>(async (task) =>
  task.do === 'read'
    ? { read: await readTemplate(readFileSync(task.path), task.fileName) }
    : { made: await templateXlsx(task.rows) },
)
