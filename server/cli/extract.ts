import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { extract } from '../../extractors/extract.ts'
import type { Extraction } from '../../extractors/types.ts'
import { FORMS_IN_WORDS, readDocument } from '../readers/index.ts'
import { toCsv } from './extract-csv.ts'
import { toText } from './extract-text.ts'

const USAGE = `usage: npm run --silent extract -- FILE… [--format text|json|csv] [--explain]
  FILE       ${FORMS_IN_WORDS}; the content decides, text in any encoding of Chinese
  --format   text (default) for people, json for programs, csv for spreadsheets
  --explain  with text: which words gave which field, and the rule that read them`

interface ReadFile extends Extraction {
  file: string
  raw: string
}

const MARK = [0xef, 0xbb, 0xbf]

/**
 * The text of a file as the import reads it. The byte order mark of plain UTF-8 text, which the import drops, stays: it
 * is a character of the text as a program reads it, and offsets count it.
 */
async function readText(path: string): Promise<string> {
  const bytes = readFileSync(path)
  const { format, text } = await readDocument({ bytes, fileName: basename(path) })
  const marked = (format === 'txt' || format === 'md') && MARK.every((byte, i) => bytes[i] === byte)
  return marked ? `\uFEFF${text}` : text
}

/** Reads and extracts each file; a file that cannot be read is told of on standard error and left out. */
async function readAll(paths: readonly string[]): Promise<{ files: ReadFile[]; failed: number }> {
  const files: ReadFile[] = []
  for (const path of paths) {
    try {
      const raw = await readText(path)
      process.stderr.write(`${basename(path)}: ${raw.length} characters\n`)
      files.push({ file: basename(path), raw, ...extract(raw) })
    } catch (error) {
      process.stderr.write(`cannot read ${path}: ${reasonOf(error)}\n`)
    }
  }
  return { files, failed: paths.length - files.length }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
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
    process.stdout.write(`${JSON.stringify({ files: files.map(({ raw: _raw, ...file }) => file) }, null, 1)}\n`)
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
