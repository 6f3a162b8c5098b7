import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { evidencePieces, FIELDS } from '../../web/src/domain/evidence.ts'

const marked = (sentence: string, words: Record<string, string>) =>
  evidencePieces(sentence, Object.fromEntries(Object.entries(words).map(([field, text]) => [field, { words: text }])))

describe('the pieces of an evidence sentence', () => {
  it('are the whole sentence, each with the fields that were read from it', () => {
    const pieces = marked('到2027年，绿化率达到40%以上。', {
      deadline: '到2027年',
      indicator: '绿化率',
      value: '40',
      unit: '%',
    })
    expect(pieces.map(({ text }) => text).join('')).toBe('到2027年，绿化率达到40%以上。')
    expect(pieces.filter(({ fields }) => fields.length > 0)).toEqual([
      { text: '到2027年', fields: ['deadline'] },
      { text: '绿化率', fields: ['indicator'] },
      { text: '40', fields: ['value'] },
      { text: '%', fields: ['unit'] },
    ])
  })

  it('mark a unit of measure beside its number, not where the same sign stands in a name', () => {
    const pieces = marked('每万人拥有社工12人、志愿者300人。', { value: '12', unit: '人' })
    const unit = pieces.findIndex(({ fields }) => fields.includes('unit'))
    expect(
      pieces
        .slice(0, unit)
        .map(({ text }) => text)
        .join(''),
    ).toBe('每万人拥有社工12')
  })

  it('mark both fields where they overlap, and nothing for words that stand elsewhere', () => {
    expect(marked('绿化率达标', { indicator: '绿化率', task: '率达标', deadline: '年底前', value: '' })).toEqual([
      { text: '绿化', fields: ['indicator'] },
      { text: '率', fields: ['indicator', 'task'] },
      { text: '达标', fields: ['task'] },
    ])
  })
})

describe('what the rules give reasons for', () => {
  it('has a word for people each', () => {
    const refiners = fileURLToPath(new URL('../../extractors/refiners', import.meta.url))
    const written = readdirSync(refiners)
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [
        ...readFileSync(join(refiners, name), 'utf8').matchAll(/\b(?:reasons|explanation)\.(\w+)\s*(?:\?\?)?=[^=]/g),
      ])
      .map(([, field]) => field!)
    expect(written.length).toBeGreaterThan(20)
    expect([...new Set(written)].filter((field) => !(field in FIELDS))).toEqual([])
  })
})
