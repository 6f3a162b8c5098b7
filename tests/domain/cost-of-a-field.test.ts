import { getTableColumns, getViewSelectedFields } from 'drizzle-orm'
import { expect, it } from 'vitest'
import {
  CHANGEABLE_FIELDS,
  fieldEntry,
  FOUND_FIELDS,
  MENDED_FIELDS,
  TARGET_FIELDS,
} from '../../db/domain/target-fields.ts'
import { targets, targetVersions } from '../../db/schema/index.ts'
import { VERSIONED_FIELDS } from '../../db/target-versions.ts'
import { naming } from './code-files.ts'

/**
 * What a new field of a target costs: its entry, its column, what it means in words, and where it is hidden in the form
 * at times; the last two are written by `npm run client`. A file that is not here is a list of fields kept beside the one.
 */
const NAMING_VALUE_HIGH = [
  'db/domain/figure-ends.ts',
  'db/domain/target-fields.ts',
  'db/schema/targets.ts',
  'server/intake/ledger-fields.ts',
  'web/src/api/openapi.json',
  'web/src/api/schema.d.ts',
  'web/src/components/target-form.vue',
  'web/src/domain/target-form.ts',
]

it('a field is named in eight files at most', () => {
  expect(naming('valueHigh').sort()).toEqual(NAMING_VALUE_HIGH)
})

it('the list has every field that is kept in versions, and no other', () => {
  expect([...TARGET_FIELDS].sort()).toEqual([...VERSIONED_FIELDS].sort())
})

it('the list knows the words of every column, and which is never empty', () => {
  for (const columns of [getTableColumns(targets), getViewSelectedFields(targetVersions)]) {
    for (const field of TARGET_FIELDS) {
      const { words, needed } = fieldEntry(field)
      expect([field, columns[field].notNull], field).toEqual([field, needed === true])
      expect(columns[field].enumValues ?? [], field).toEqual(words === undefined ? [] : Object.keys(words))
    }
  }
})

it('says what a person may type in 校核, what 变更 may ask for, and what the rules find', () => {
  const number = ['op', 'value', 'valueHigh', 'unit', 'measure', 'per']
  const baseline = ['baselineValue', 'baselineUnit', 'baselinePeriod']
  expect(FOUND_FIELDS).toEqual(['kind', 'indicator', ...number, 'deadline', ...baseline])
  const reported = ['reportFrequency', 'reporting', 'rollUp']
  expect(MENDED_FIELDS).toEqual([...FOUND_FIELDS, 'startOn', ...reported, 'contactLeaderId'])
  expect(CHANGEABLE_FIELDS).toEqual(['indicator', ...number, ...baseline, ...reported])
})
