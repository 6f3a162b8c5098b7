import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type AttackPattern, checkSync } from 'recheck'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

/**
 * No text may drive a regular expression of the extractors into exponential or quadratic time. Every literal, and every
 * pattern put together from word lists when the modules are loaded, goes through an analyser that tries to build an attack.
 */
const ROOT = fileURLToPath(new URL('../../extractors', import.meta.url))
/** The analyser searches at random: the same pattern must be judged alike in every run. */
const SEED = 20_261_121
const TIMEOUT_MS = 3_000
/** A text as long as this, made to hurt, must be through within the time given: 50,000² steps take seconds. */
const ATTACK_CHARACTERS = 50_000
const ATTACK_MS = 100

interface Pattern {
  where: string
  source: string
  flags: string
}

/** `file:line` of each `RegExp(…)` in the sources. */
const calls: string[] = []
const literals = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort()
  .flatMap((file) => literalsIn(join(ROOT, file)))
const built: Pattern[] = []

beforeAll(async () => {
  const Plain = RegExp
  class Recorded extends Plain {
    constructor(pattern: string | RegExp, flags?: string) {
      super(pattern, flags)
      const where = callerOf(new Error().stack ?? '')
      if (where) built.push({ where, source: this.source, flags: this.flags })
    }
  }
  vi.resetModules()
  vi.stubGlobal('RegExp', Recorded)
  await import('../../extractors/extract.ts')
  vi.unstubAllGlobals()
})
afterAll(() => vi.unstubAllGlobals())

describe('regular expressions of the extractors', { timeout: 600_000 }, () => {
  test('there are some', () => expect(literals.length).toBeGreaterThan(20))

  test('literals take linear time', () => expectSafe(literals))

  test('those built from word lists take linear time', () => {
    const places = new Set(built.map(({ where }) => where))
    expect(
      calls.filter((call) => !places.has(call)),
      'seen by the parser but not when the modules are loaded',
    ).toEqual([])
    expectSafe(built)
  })
})

function expectSafe(patterns: readonly Pattern[]) {
  const unsafe: string[] = []
  const unknown: string[] = []
  for (const { where, source, flags } of patterns) {
    const result = checkSync(source, flags, { timeout: TIMEOUT_MS, randomSeed: SEED })
    if (result.status === 'vulnerable' && isSlowOn(new RegExp(source, flags), result.attack))
      unsafe.push(
        `${where} /${shorten(source)}/${flags} is ${result.complexity.summary}, e.g. ${shorten(result.attack.pattern)}`,
      )
    else if (result.status === 'unknown') unknown.push(`${where} /${shorten(source)}/${flags}: ${result.error.kind}`)
  }
  if (unknown.length > 0) console.log(`could not be analysed (${unknown.length}):\n  ${unknown.join('\n  ')}`)
  expect(unsafe).toEqual([])
}

/**
 * The analyser's own count takes a bounded repeat ({0,30}) for growth: what it holds against a pattern is tried out,
 * with ever longer texts so that a truly bad one is found out early.
 */
function isSlowOn(pattern: RegExp, { pumps, suffix }: AttackPattern): boolean {
  const unit = Math.max(
    1,
    pumps.reduce((length, { pump }) => length + pump.length, 0),
  )
  for (let characters = 200; characters <= ATTACK_CHARACTERS; characters *= 2) {
    const text = pumps.map(({ prefix, pump }) => prefix + pump.repeat(Math.ceil(characters / unit))).join('') + suffix
    const start = performance.now()
    text.search(pattern)
    if (performance.now() - start > ATTACK_MS) return true
  }
  return false
}

const shorten = (text: string) => (text.length > 90 ? `${text.slice(0, 87)}…` : text)

function literalsIn(path: string): Pattern[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  const found: Pattern[] = []
  const whereIs = (node: ts.Node) =>
    `${relative(ROOT, path)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
  const visit = (node: ts.Node) => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      found.push({ where: whereIs(node), source: node.text.slice(1, end), flags: node.text.slice(end + 1) })
    }
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp')
      calls.push(whereIs(node))
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** `file:line` of the extractors in a stack trace; null for patterns of other libraries. */
function callerOf(stack: string): string | null {
  return (
    stack
      .split('\n')
      .find((line) => line.includes(ROOT))
      ?.split(ROOT)[1]
      ?.match(/^\/?(\S+?:\d+)/)?.[1] ?? null
  )
}
