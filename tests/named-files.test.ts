import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const NAMED = /`((?:server|web|db|extractors|seeds|tests)\/[\w./-]+)`/g

it.each(['README.md', 'README.zh-CN.md', 'server/SECURITY.md'])('every file that %s names is there', (document) => {
  const named = [...readFileSync(join(ROOT, document), 'utf8').matchAll(NAMED)].map(([, path]) => path!)
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
})
