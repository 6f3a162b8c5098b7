import { expect, it } from 'vitest'
import { LIGHTS } from '../../db/domain/lights.ts'
import { naming } from './code-files.ts'

/**
 * What a new light costs: its entry and its line of the rule, its points, its colours, its shape, and the two files that
 * `npm run client` writes. 我的任务 and the overview's sentence name 临期 because they ask for just that one. A file that
 * is not here and names a light is a list of lights that has to be kept beside the one in lights.ts.
 */
const NAMING_DUE_SOON = [
  'db/domain/lights.ts',
  'db/domain/ranking.ts',
  'server/supervision/unit-tasks.ts',
  'web/src/api/openapi.json',
  'web/src/api/schema.d.ts',
  'web/src/components/light-icon.vue',
  'web/src/pages/overview/standing-sentence.vue',
  'web/src/styles/tokens.css',
]

it('a light is named in eight files at most', () => {
  expect(LIGHTS).toContain('due_soon')
  expect(naming('due_soon').sort()).toEqual(NAMING_DUE_SOON)
})
