import { describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../server/rules/settings.ts'
import { GROUPS, readField, writeField } from '../../web/src/pages/system/setting-fields.ts'

describe('the page of settings', () => {
  test.each(GROUPS.flatMap(({ key, fields }) => fields.map((field) => [key, field.word, field] as const)))(
    '%s, %s: what a new office has is taken back as it is, so that everything else can be saved',
    (key, _word, field) => {
      const value = DEFAULT_SETTINGS[key] as Record<string, unknown>
      expect(writeField(value, field, readField(value, field))).toEqual(value)
    },
  )
})
