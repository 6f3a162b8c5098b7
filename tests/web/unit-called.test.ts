import { describe, expect, it } from 'vitest'
import type { Unit } from '../../web/src/api/office-calls.ts'
import { unitMeant } from '../../web/src/domain/unit-called.ts'

const unit = (id: number, name: string, shortName: string, archivedAt: string | null = null) =>
  ({ id, name, shortName, aliases: [], archivedAt }) as unknown as Unit
const UNITS = [
  unit(1, '云陂市生态环境局', '市生态环境局'),
  unit(2, '云陂市水利局', '市水利局'),
  unit(3, '澄县水利局', '县水利局'),
  unit(4, '云陂市环境保护局', '市环保局', '2019-01-01T00:00:00.000Z'),
]

describe('the unit that is meant by what was typed', () => {
  it.each([
    ['生态环境', 1],
    ['市生态环境局', 1],
    ['云陂市水利局', 2],
    ['市水利局', 2],
    ['水利', undefined],
    ['园林', undefined],
    ['', undefined],
  ])('%s', (words, id) => {
    expect(unitMeant(UNITS, words)?.id).toBe(id)
  })

  it('is one that still works where only part of the name was typed, and any of the whole name', () => {
    expect(unitMeant(UNITS, '环境')?.id).toBe(1)
    expect(unitMeant(UNITS, '环境保护')?.id).toBeUndefined()
    expect(unitMeant(UNITS, '市环保局')?.id).toBe(4)
  })
})
