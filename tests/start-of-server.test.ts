import { dirname, join, normalize } from 'node:path'
import { expect, it } from 'vitest'
import { codeFiles } from './code-graph.ts'

/** A statement that loads another file when its own is loaded; types are none. */
const LOADS = /^(?:import|export)\s(?!type\s)[^'"();=]*?from\s'([^']+)'|^import '([^']+)'/gm

/** Our own files and the libraries that are loaded with a file. */
function loadedWith(first: string): Set<string> {
  const loaded = new Set<string>()
  const open = [first]
  while (open.length > 0) {
    const path = open.pop()!
    if (loaded.has(path)) continue
    loaded.add(path)
    for (const [, from, bare] of (codeFiles.get(path) ?? '').matchAll(LOADS)) {
      const specifier = (from ?? bare)!
      open.push(specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : specifier)
    }
  }
  return loaded
}

/** What a process of its own or a rare question needs: it would lie in the memory of every server, beside each import. */
it('a server starts without what reads files and what rules of extraction are', () => {
  const loaded = new Set([...loadedWith('server/main.ts'), ...loadedWith('server/run.ts')])
  expect(loaded).toContain('server/documents/imports.ts')
  expect(loaded).toContain('fastify')
  const heavy = ['server/readers/index.ts', 'extractors/extract.ts', 'docx', 'exceljs', 'cfb', 'saxes']
  expect(heavy.filter((one) => loaded.has(one))).toEqual([])
})

it('a wrong setting is told before the server is loaded', () => {
  const loaded = loadedWith('server/main.ts')
  expect(loaded).toContain('server/config.ts')
  expect([...loaded].filter((one) => ['server/run.ts', 'server/app.ts', 'fastify'].includes(one))).toEqual([])
})
