import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
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
const TIMEOUT_MS = 2_000
/**
 * Patterns that were analysed and hold, by their hashes: the analyser's verdict on a pattern never changes, and takes a
 * minute for all of them. A pattern that is not in the list is analysed in the test; `ANALYSED=add` in the environment adds
 * those that hold and takes out those that have gone, `ANALYSED=write` analyses all and writes the list anew.
 */
const LIST = fileURLToPath(new URL('analysed-patterns.txt', import.meta.url))
const WRITES = process.env.ANALYSED === 'write'
const ADDS = process.env.ANALYSED === 'add'
const analysed = new Set(WRITES ? [] : readFileSync(LIST, 'utf8').trim().split('\n'))
const holds = new Set<string>()
const hashOf = ({ source, flags }: Pattern) =>
  createHash('sha256').update(`/${source}/${flags}`).digest('base64url').slice(0, 16)
const listHash = createHash('sha256')
  .update([...analysed].join())
  .digest()
const isCheckedAgain = (hash: string) =>
  createHash('sha256').update(listHash).update(hash).digest().readUInt32BE() % CHECKED_AGAIN === 0
/** How hard is tried: texts of so many characters, so many generations of them. */
const TRIED = {
  maxAttackStringSize: 3_000,
  maxFuzzStringSize: 2_000,
  maxIteration: 5,
  maxGeneStringSize: 1_000,
} as const
/**
 * Of so many patterns one that is listed is analysed all the same: which, the whole list decides, so that two runs of one
 * state of the program check the same ones, and each change of a pattern others.
 */
const CHECKED_AGAIN = 250
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
afterAll(() => {
  vi.unstubAllGlobals()
  if (WRITES || ADDS) writeFileSync(LIST, `${[...holds].sort().join('\n')}\n`)
})

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

  test('none that is listed as analysed has gone', () => {
    const present = new Set([...literals, ...built].map(hashOf))
    expect([...analysed].filter((hash) => !present.has(hash))).toEqual([])
  })
})

function expectSafe(patterns: readonly Pattern[]) {
  const unsafe: string[] = []
  const unknown: string[] = []
  for (const pattern of patterns) {
    const { where, source, flags } = pattern
    const hash = hashOf(pattern)
    if (analysed.has(hash) && !isCheckedAgain(hash)) {
      holds.add(hash)
      continue
    }
    const result = analyse(source, flags)
    if (result.status === 'vulnerable' && isSlowOn(new RegExp(source, flags), result.attack))
      unsafe.push(
        `${where} /${shorten(source)}/${flags} is ${result.complexity.summary}, e.g. ${shorten(result.attack.pattern)}`,
      )
    else if (result.status === 'unknown') unknown.push(`${where} /${shorten(source)}/${flags}: ${result.error.kind}`)
    else holds.add(hash)
  }
  expect(unsafe).toEqual([])
  expect(unknown, 'could not be analysed').toEqual([])
}

/** By automata; where that takes too long by trying, which finds what grows with the square by its count of steps. */
function analyse(source: string, flags: string) {
  const result = checkSync(source, flags, { timeout: TIMEOUT_MS, randomSeed: SEED })
  if (result.status !== 'unknown') return result
  return checkSync(source, flags, { checker: 'fuzz', timeout: 60_000, randomSeed: SEED, ...TRIED })
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
    // Time of the processor, not of the clock: a machine with other work stops whoever works for as long.
    const before = process.cpuUsage()
    text.search(pattern)
    const { user, system } = process.cpuUsage(before)
    if ((user + system) / 1000 > ATTACK_MS) return true
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
