import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { BoundedError, BoundedPool } from '../bounded/pool.ts'
import { readingLimits } from '../core/reading-limits.ts'
import { FORMS_IN_WORDS } from '../readers/forms.ts'
import { toCsv } from './extract-csv.ts'
import { toText } from './extract-text.ts'
import type { ReadFile } from './extract-worker.ts'

const USAGE = `usage: npm run --silent extract -- FILE… [--format text|json|csv] [--explain]
  FILE       ${FORMS_IN_WORDS}; the content decides, text in any encoding of Chinese
  --format   text (default) for people, json for programs, csv for spreadsheets
  --explain  with text: which words gave which field, and the rule that read them`

/**
 * Reads and extracts each file, in a process with limits of memory and time; a file that cannot be read is told of on
 * standard error and left out.
 */
async function readAll(paths: readonly string[]): Promise<{ files: ReadFile[]; failed: number }> {
  const files: ReadFile[] = []
  const pool = new BoundedPool<{ path: string }, never, ReadFile>(new URL('./extract-worker.ts', import.meta.url))
  try {
    for (const path of paths) {
      try {
        const file = await pool.run({ task: { path }, owner: null, ...readingLimits(statSync(path).size) })
        process.stderr.write(`${file.file}: ${file.raw.length} characters\n`)
        for (const note of file.notes) process.stderr.write(`${file.file}: ${note}\n`)
        files.push(file)
      } catch (error) {
        process.stderr.write(`cannot read ${path}: ${reasonOf(error)}\n`)
      }
    }
  } finally {
    await pool.close()
  }
  return { files, failed: paths.length - files.length }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
}

const ENDED: Readonly<Record<BoundedError['reason'], string>> = {
  memory: 'reading it takes too much memory',
  time: 'reading it takes too long',
  died: 'the process that read it died',
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof BoundedError) return ENDED[error.reason]
  const code = (error as NodeJS.ErrnoException).code
  return (code && REASONS[code]) || error.message
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      explain: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    process.stdout.write(`${USAGE}\n`)
    return 0
  }
  if (positionals.length === 0 || !['text', 'json', 'csv'].includes(values.format)) {
    process.stderr.write(`${USAGE}\n`)
    return 2
  }
  const { files, failed } = await readAll(positionals)
  if (values.format === 'json') {
    process.stdout.write(
      `${JSON.stringify({ files: files.map(({ raw: _raw, notes: _notes, ...file }) => file) }, null, 1)}\n`,
    )
  } else if (values.format === 'csv') process.stdout.write(toCsv(files))
  else process.stdout.write(toText(files, values.explain))
  return failed > 0 ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n${USAGE}\n`)
  process.exitCode = 2
}
