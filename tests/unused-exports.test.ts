import { expect, it } from 'vitest'
import { codeFiles, importsOf } from './code-graph.ts'

/** Drizzle takes the tables as a whole; the client is generated. */
const TAKEN_WHOLE = /^(?:db\/schema\/|web\/src\/api\/schema\.d\.ts)/
const EXPORTED = /^export (?:async )?(?:const|let|function\*?|class|interface|type|enum) ([A-Za-z_$][\w$]*)/gm

it('what a file exports is imported from it by another one', () => {
  const taken = new Set<string>()
  const whole = new Set<string>()
  for (const path of codeFiles.keys())
    for (const { of, names } of importsOf(path)) {
      if (names === null) whole.add(of)
      else for (const name of names) taken.add(`${of}: ${name}`)
    }
  expect(taken.size).toBeGreaterThan(1000)
  const unused = [...codeFiles]
    .filter(([path]) => !path.startsWith('tests/') && !TAKEN_WHOLE.test(path) && !whole.has(path))
    .flatMap(([path, text]) => [...text.matchAll(EXPORTED)].map(([, name]) => `${path}: ${name}`))
    .filter((one) => !taken.has(one))
  expect(unused).toEqual([])
})
