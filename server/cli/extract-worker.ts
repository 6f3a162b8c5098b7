/** A process of its own: reads one file as the import does, and extracts what is in it. */
import { basename } from 'node:path'
import { extract } from '../../extractors/extract.ts'
import type { Extraction } from '../../extractors/types.ts'
import { serveTasks } from '../bounded/serve.ts'
import { bytesOfFile, readDocument } from '../readers/index.ts'

export interface ReadFile extends Extraction {
  file: string
  raw: string
  /** What could not be read, for whoever asked. */
  notes: readonly string[]
}

const MARK = [0xef, 0xbb, 0xbf]

serveTasks<{ path: string }, never, ReadFile>(async ({ path }, { moreTime }) => {
  const fileName = basename(path)
  const bytes = bytesOfFile(path, fileName)
  const { format, text, notes = [] } = await readDocument({ bytes, fileName, moreTime })
  // The byte order mark of plain UTF-8 text, which the import drops, stays: it is a character of the text as a program
  // reads it, and offsets count it.
  const marked = (format === 'txt' || format === 'md') && MARK.every((byte, i) => bytes[i] === byte)
  const raw = marked ? `\uFEFF${text}` : text
  return { file: fileName, raw, notes, ...extract(raw) }
})
