import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const CODE = ['db', 'extractors', 'seeds', 'server', 'web/src']
/** Drizzle takes the tables as a whole (`import * as schema`); the client is generated. */
const TAKEN_WHOLE = /^(?:db\/schema\/|web\/src\/api\/schema\.d\.ts)/

const files = new Map(
  [...CODE, 'tests']
    .flatMap((folder) =>
      readdirSync(root + folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.(?:ts|vue|mjs)$/.test(entry.name))
        .map((entry) => `${entry.parentPath}/${entry.name}`.replace(/\/+/g, '/').slice(root.length)),
    )
    .map((path) => [path, readFileSync(root + path, 'utf8')]),
)

const NAME = /[a-z_$][\w$]*/gi
const EXPORTED = /^export (?:async )?(?:const|let|function\*?|class|interface|type|enum) ([A-Za-z_$][\w$]*)/gm

/** In how many files each name stands. */
const spread = new Map<string, number>()
for (const text of files.values())
  for (const name of new Set(text.match(NAME))) spread.set(name, (spread.get(name) ?? 0) + 1)

it('what a file exports is used by another one', () => {
  const unused = [...files]
    .filter(([path]) => !path.startsWith('tests/') && !TAKEN_WHOLE.test(path))
    .flatMap(([path, text]) =>
      [...text.matchAll(EXPORTED)].flatMap(([, name]) => (spread.get(name!) === 1 ? [`${path}: ${name}`] : [])),
    )
  expect(unused).toEqual([])
})
