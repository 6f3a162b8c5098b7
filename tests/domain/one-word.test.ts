import { expect, it } from 'vitest'
import { DOUBT_TITLES } from '../../db/domain/doubts.ts'
import { DONE_TITLES, LIGHT_TITLES } from '../../db/domain/lights.ts'
import { MISSING_TITLES } from '../../db/domain/missing.ts'
import { REPORT_STATUS_TITLES } from '../../db/domain/report-terms.ts'
import { ROLE_TITLES } from '../../db/domain/roles.ts'
import { STATE_TITLES } from '../../db/domain/states.ts'
import {
  ORDER_COLOR_TITLES,
  ORDER_STATUS_TITLES,
  PROBLEM_STATUS_TITLES,
  PROPOSAL_STATUS_TITLES,
  REQUEST_STATUS_TITLES,
} from '../../db/domain/supervision-terms.ts'
import { FIELD_TITLES } from '../../db/domain/target-fields.ts'
import { KIND_TITLES, REPORTING_TITLES, UNIT_ROLE_TITLES } from '../../db/domain/target-terms.ts'
import { codeFiles } from '../code-graph.ts'

/** The words of the vocabularies, save one that means several things (单位, 指标, 目标 …). */
const WORDS = new Set(
  [
    KIND_TITLES,
    LIGHT_TITLES,
    DONE_TITLES,
    STATE_TITLES,
    ROLE_TITLES,
    UNIT_ROLE_TITLES,
    REPORTING_TITLES,
    MISSING_TITLES,
    DOUBT_TITLES,
    REPORT_STATUS_TITLES,
    REQUEST_STATUS_TITLES,
    ORDER_COLOR_TITLES,
    ORDER_STATUS_TITLES,
    PROPOSAL_STATUS_TITLES,
    PROBLEM_STATUS_TITLES,
    FIELD_TITLES,
  ].flatMap((titles) => Object.values(titles) as string[]),
)
for (const word of ['指标', '类别']) WORDS.delete(word)

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
