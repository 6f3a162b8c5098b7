import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { extract } from '../../extractors/extract.ts'
import type { Extraction } from '../../extractors/types.ts'
import { toCsv } from './extract-csv.ts'
import { toText } from './extract-text.ts'

const USAGE = `usage: npm run --silent extract -- FILE… [--format text|json|csv] [--explain]
  --format   text (default) for people, json for programs, csv for spreadsheets
  --explain  with text: which words gave which field, and the rule that read them`

interface ReadFile extends Extraction {
  file: string
  raw: string
}

/** Reads and extracts each file; a file that cannot be read is told of on standard error and left out. */
function readAll(paths: readonly string[]): { files: ReadFile[]; failed: number } {
  const files: ReadFile[] = []
  for (const path of paths) {
    try {
      const raw = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path))
      process.stderr.write(`${basename(path)}: ${raw.length} characters\n`)
      files.push({ file: basename(path), raw, ...extract(raw) })
    } catch (error) {
      process.stderr.write(`cannot read ${path}: ${reasonOf(error)}\n`)
    }
  }
  return { files, failed: paths.length - files.length }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'permission denied',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8 text; import it through the application, which reads other encodings and formats',
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = (error as NodeJS.ErrnoException).code
  return (code && REASONS[code]) || error.message
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { format: { type: 'string', default: 'text' }, explain: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) {
    process.stdout.write(`${USAGE}\n`)
    return 0
  }
  if (positionals.length === 0 || !['text', 'json', 'csv'].includes(values.format)) {
    process.stderr.write(`${USAGE}\n`)
    return 2
  }
  const { files, failed } = readAll(positionals)
  if (values.format === 'json') {
    process.stdout.write(`${JSON.stringify({ files: files.map(({ raw: _raw, ...file }) => file) }, null, 1)}\n`)
  } else if (values.format === 'csv') process.stdout.write(toCsv(files))
  else process.stdout.write(toText(files, values.explain))
  return failed > 0 ? 1 : 0
}

try {
  process.exitCode = main()
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n${USAGE}\n`)
  process.exitCode = 2
}
