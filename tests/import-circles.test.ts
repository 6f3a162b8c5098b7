import { expect, it } from 'vitest'
import { codeFiles, importsOf } from './code-graph.ts'

/** Files that import each other, of types too: such files are one thing in several pieces, and none can be read by itself. */
it('no file imports itself by way of others', () => {
  const next = new Map(
    [...codeFiles.keys()].map((path) => [path, importsOf(path).flatMap(({ of }) => (codeFiles.has(of) ? [of] : []))]),
  )
  expect([...next.values()].flat().length).toBeGreaterThan(2000)
  expect(circlesIn(next)).toEqual([])
})

it('finds circles of any length', () => {
  const graph = (arrows: Record<string, string[]>) => new Map(Object.entries(arrows))
  expect(circlesIn(graph({ a: ['b', 'c'], b: ['c'], c: [] }))).toEqual([])
  expect(circlesIn(graph({ a: ['b'], b: ['c'], c: ['b'] }))).toEqual([['b', 'c']])
  expect(circlesIn(graph({ a: ['b'], b: ['c', 'd'], c: ['a'], d: ['d'] }))).toEqual([['a', 'b', 'c'], ['d']])
})

/** The circles that a walk along the arrows meets, one for each arrow that leads back to where the walk came from. */
function circlesIn(next: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = []
  const done = new Set<string>()
  const walk = (path: string, way: string[]) => {
    const seen = way.indexOf(path)
    if (seen >= 0) circles.push(way.slice(seen))
    if (seen >= 0 || done.has(path)) return
    for (const one of next.get(path) ?? []) walk(one, [...way, path])
    done.add(path)
  }
  for (const path of next.keys()) walk(path, [])
  return circles
}
