import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { candidates } from '../../../extractors/refiners/candidates.ts'
import { DEADLINE_MEMORY, JUDGE, READ } from '../../../extractors/refiners/index.ts'
import { extract } from '../../../extractors/extract.ts'
import { extractWithoutNames, traceSteps } from './trace.ts'

/** Every step says which fields it reads and fills: what it says must be true, and what it reads must be there. */
const DOCUMENTS = fileURLToPath(new URL('../../../seeds/documents', import.meta.url))
const texts = readdirSync(DOCUMENTS)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => readFileSync(join(DOCUMENTS, name), 'utf8'))
const steps = [candidates, ...READ, ...JUDGE]

describe('the steps of assembly', () => {
  test('have names of their own', () => {
    expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length)
  })

  test('touch only the fields that they name', () => {
    const touched = traceSteps(texts)
    const unsaid = steps.flatMap(({ name, reads, writes }) => {
      const seen = touched.get(name)
      const read = [...(seen?.reads ?? [])].filter((field) => !(reads as readonly string[]).includes(field))
      const written = [...(seen?.writes ?? [])].filter((field) => !(writes as readonly string[]).includes(field))
      return [...read.map((field) => `${name} reads ${field}`), ...written.map((field) => `${name} writes ${field}`)]
    })
    expect(unsaid).toEqual([])
  })

  test('read only what they or an earlier step has filled', () => {
    const filled = new Set<string>()
    const early: string[] = []
    for (const { name, reads, writes } of [candidates, ...READ, DEADLINE_MEMORY, ...JUDGE]) {
      for (const field of writes) filled.add(field)
      for (const field of reads) if (!filled.has(field)) early.push(`${name} reads ${field}`)
    }
    expect(early).toEqual([])
  })

  test('explain with the names of their rules, and steer nothing with them', () => {
    const found = () => texts.flatMap((text) => extract(text).targets).map((target) => ({ ...target, explanation: {} }))
    expect(extractWithoutNames(found)).toEqual(found())
  })
})
