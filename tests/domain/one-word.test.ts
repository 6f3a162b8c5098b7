import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { codeFiles } from '../code-graph.ts'

const DOMAIN = join(import.meta.dirname, '../../db/domain')

/** Vocabularies of words that mean other things as well: heads of tables, names of what a page is about, what a button does. */
const COMMON_WORDS = new Set([
  'DEADLINE_BASIS_TITLES',
  'HEAD_STEP_TITLES',
  'INTAKE_TITLES',
  'LEDGER_COLUMN_TITLES',
  'LIMIT_TITLES',
  'OPERATOR_TITLES',
  'REQUEST_KIND_TITLES',
  'ROW_VERDICT_TITLES',
  'SEARCH_KIND_TITLES',
  'SOURCE_KIND_TITLES',
  'TOKEN_SCOPE_TITLES',
  'UNIT_KIND_TITLES',
])
/** Single words of the others that do. */
const SEVERAL_MEANINGS = ['指标', '类别', '来源类别', '标题', '一次性密码', '已撤销', '在办']

/** The words of all other vocabularies of db/domain. */
const WORDS = new Set(
  (await Promise.all(readdirSync(DOMAIN).map((name) => import(join(DOMAIN, name)) as Promise<object>)))
    .flatMap((vocabularies) => Object.entries(vocabularies))
    .filter(([name]) => name.endsWith('_TITLES') && !COMMON_WORDS.has(name))
    .flatMap(([, titles]) => Object.values(titles as Record<string, string>)),
)
for (const word of SEVERAL_MEANINGS) WORDS.delete(word)

/**
 * Where such a word is said of a deed, and happens to be the name of the state that it leads to: what a button does, what
 * is told when it is done, a head over the units of a target; and what other people's tables are read by.
 */
const DEEDS: readonly (readonly [file: RegExp, line: RegExp])[] = [
  [/^web\/src\/components\/steps\/step-forms\.ts$/, /\b(?:done|verb): /],
  [/^web\/src\/pages\/review\/(?:review|drop-panel)\.vue$/, /decide\(|run: |<button/],
  [/^web\/src\/pages\/tasks\/report-form\.vue$/, /type="radio"/],
  [/^web\/src\/pages\/target\/target\.vue$/, /<PanelBox title="责任">/],
  [/^server\/supervision\/steps\/close\.ts$/, /notifyOfStep/],
  [/^server\//, /summary: /],
  [/^web\//, /toast\.done\(|step\.done/],
  // heads that the tables of offices have, with the patterns by which they are known
  [/^server\/intake\/columns\.ts$/, /./],
  [/^seeds\/build\/ledger\.ts$/, /./],
  [/^web\/src\/pages\/supervision\/proposal-dialog\.vue$/, /TITLES = /],
]

/** A word by itself: a text of code, an attribute, what stands between two tags. */
const ALONE = /'([^']+)'|"([^"]+)"|>([^<>{}]+)</g

it('a word of a vocabulary is taken from it, and never written a second time', () => {
  expect(WORDS.size).toBeGreaterThan(120)
  const again = [...codeFiles]
    .filter(([path]) => /^(?:server|web\/src|seeds)\//.test(path) && !path.endsWith('schema.d.ts'))
    .flatMap(([path, text]) =>
      text.split('\n').flatMap((line, at) => {
        if (/^\s*(?:\*|\/\/|\/\*)/.test(line)) return []
        if (DEEDS.some(([file, deed]) => file.test(path) && deed.test(line))) return []
        return [...line.matchAll(ALONE)]
          .map(([, a, b, c]) => (a ?? b ?? c!).trim())
          .filter((word) => WORDS.has(word))
          .map((word) => `${path}:${at + 1} ${word}`)
      }),
    )
  expect(again).toEqual([])
})
