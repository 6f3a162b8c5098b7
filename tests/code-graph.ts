import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const ROOMS = ['db', 'extractors', 'seeds', 'server', 'web/src', 'tests']

/** Text of every file of code, by its path from the root. */
export const codeFiles: ReadonlyMap<string, string> = new Map(
  ROOMS.flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:ts|vue|mjs)$/.test(entry.name))
      .map((entry) => `${entry.parentPath}/${entry.name}`.replace(/\/+/g, '/').slice(root.length)),
  ).map((path) => [path, readFileSync(root + path, 'utf8')]),
)

/** An import of our own code, of types or of values. */
interface Import {
  /** Path from the root. */
  of: string
  /** What is taken; null where it is the whole file. */
  names: string[] | null
}

/** As prettier lays them out: one statement that begins a line. */
const STATEMENT = /^(?:import|export)\s(?:type\s)?([^'"();=]*)\sfrom\s'(\.[^']+)'/gm
const BARE = /^import '(\.[^']+)'/gm
const DYNAMIC = /\bimport\('(\.[^']+)'\)/g

/** What a file imports. Not in order: `import()` stands behind the others. */
export function importsOf(path: string): Import[] {
  const text = codeFiles.get(path) ?? ''
  const to = (specifier: string) => normalize(join(dirname(path), specifier))
  return [
    ...[...text.matchAll(STATEMENT)].map(([, clause, specifier]) => ({ of: to(specifier!), names: namesIn(clause!) })),
    ...[BARE, DYNAMIC].flatMap((pattern) =>
      [...text.matchAll(pattern)].map(([, specifier]) => ({ of: to(specifier!), names: null })),
    ),
  ]
}

/** `{ a, type B, c as d }` → a, B, c; `* as x` is the whole file, a default import none of its names. */
function namesIn(clause: string): string[] | null {
  if (clause.includes('*')) return null
  const list = /\{([^}]*)\}/.exec(clause)?.[1] ?? ''
  return list.split(',').flatMap((part) => {
    const [name] = part
      .trim()
      .replace(/^type\s+/, '')
      .split(/\s+as\s+/)
    return name ? [name] : []
  })
}
