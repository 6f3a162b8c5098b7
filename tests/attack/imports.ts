import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from '../bench/start-server.ts'
import { wordParts, zip } from '../server/readers/files.ts'
import { BOMBS } from './bombs.ts'
import { printFigures } from './figures.ts'
import { LARGE_FILES, SCANS } from './large-files.ts'
import { attackImport, type AttackFile, smallBehind } from './watch-import.ts'

/** What no file up to 50 MB may make of the server: memory of all its processes in MB, work in seconds, waits in milliseconds. */
export const BARS = { megabytes: 900, worked: 60, slowest: 100 }
/** Files that are read at the same time. */
const TOGETHER: Record<string, () => AttackFile> = {
  'two greedy files in one zip': () => ({
    fileName: '两份.zip',
    bytes: zip([
      { name: '一.docx', data: zip(wordParts('<w:p><w:r><w:t>a</w:t></w:r></w:p>'.repeat(300_000))) },
      { name: '二.docx', data: zip(wordParts('<w:p><w:r><w:t>b</w:t></w:r></w:p>'.repeat(300_000))) },
    ]),
  }),
}
/** Recognising pages is honestly slow: it asks for time, page by page. */
const UNBOUND = new Set(Object.keys(SCANS))

export interface ImportsResult {
  files: number
  /** The worst of all files. */
  megabytes: number
  worked: number
  slowest: number
  /** Seconds that a small file took behind the slowest ones. */
  'small file behind a slow one': number
  faults: string[]
}

/**
 * Gives a server, with the limits that it has as it is delivered, the files that mean harm and files as large as they may be,
 * one after the other, and holds what it took against {@link BARS}. The waits mean something on a quiet machine only.
 * @param word only the files with this in their name
 */
export async function attackImports(word: string): Promise<ImportsResult> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhengbiao-attack-'))
  const files = Object.entries({ ...BOMBS, ...LARGE_FILES, ...SCANS, ...TOGETHER }).filter(([name]) =>
    name.includes(word),
  )
  const result: ImportsResult = {
    files: files.length,
    megabytes: 0,
    worked: 0,
    slowest: 0,
    'small file behind a slow one': 0,
    faults: [],
  }
  const server = await startServer(dataDir)
  try {
    for (const [name, make] of files) {
      const { bytes, ...seen } = await attackImport(server, make())
      const figures = { MB: bytes / 1024 / 1024, ...seen }
      printFigures(name, Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, rounded(value)])))
      if (seen.end === 'internal') result.faults.push(`${name}: an error of the program instead of a message`)
      for (const bar of ['megabytes', 'worked', 'slowest'] as const) {
        if (bar === 'worked' && UNBOUND.has(name)) continue
        result[bar] = Math.max(result[bar], rounded(seen[bar]) as number)
        if (seen[bar] > BARS[bar]) result.faults.push(`${name}: ${bar} ${rounded(seen[bar])}`)
      }
    }
    const { seconds, fault } = await smallBehind(server, LARGE_FILES['a text of 49 MB']!())
    result['small file behind a slow one'] = rounded(seconds) as number
    if (fault) result.faults.push(fault)
    return result
  } finally {
    await server.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const rounded = (value: number | string): number | string =>
  typeof value === 'string' ? value : value < 10 ? Math.round(value * 10) / 10 : Math.round(value)
