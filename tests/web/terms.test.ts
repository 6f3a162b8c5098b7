import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { TERMS } from '../../web/terms.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Where people's words stand. What a reader or the extractors look for in texts is not ours to say. */
const ROOMS = ['web/src', 'server', 'db/domain']
const NOT_SHOWN = /^server\/(?:readers|cli|demo)\/|schema\.d\.ts$|^server\/session\/common-passwords\.ts$/

const files = ROOMS.flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((name) => `${room}/${name}`),
).filter((path) => /\.(?:ts|vue)$/.test(path) && !NOT_SHOWN.test(path))

/** A file without its comments: they name words in order to speak of them. */
const withoutComments = (text: string) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, (all) => all.replace(/[^\n]/g, ' '))
    .replace(/<!--[\s\S]*?-->/g, (all) => all.replace(/[^\n]/g, ' '))
    .replace(/(^|[\s;{}(,])\/\/.*$/gm, '$1')

/** Regular expressions look for words that others wrote. */
const withoutPatterns = (line: string) => line.replace(/(^|[=(,:[\s])\/(?![/*>])(?:\\.|[^/\\\n])+\/[a-z]*/g, '$1')

const lines = files.flatMap((path) =>
  withoutComments(readFileSync(join(ROOT, path), 'utf8'))
    .split('\n')
    .flatMap((line, i) =>
      /[\u4e00-\u9fff]/.test(line) ? [{ at: `${path}:${i + 1}`, line: withoutPatterns(line) }] : [],
    ),
)

it('reads the pages', () => {
  expect(files.length).toBeGreaterThan(400)
  expect(lines.length).toBeGreaterThan(1500)
})

it.each(TERMS)('$word is said, and nothing else in its place', ({ not }) => {
  expect(lines.filter(({ line }) => not.test(line)).map(({ at, line }) => `${at} ${line.trim()}`)).toEqual([])
})

it('names each word once', () => {
  const words = TERMS.map(({ word }) => word)
  expect(new Set(words).size).toBe(words.length)
})

it('lets a button say what it does, not the state that follows: 已… stands on none', () => {
  const named = files
    .filter((path) => path.endsWith('.vue'))
    .flatMap((path) =>
      [
        ...withoutComments(readFileSync(join(ROOT, path), 'utf8')).matchAll(
          /<button\b[^>]*>\s*(已[\u4e00-\u9fff]{1,4})\s*<\/button/g,
        ),
      ].map((found) => `${path}: ${found[1]}`),
    )
  expect(named).toEqual([])
})
