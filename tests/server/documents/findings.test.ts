import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildOffice, type Office } from '../supervision/office.ts'

interface Finding {
  id: number
  indicator: string
  state: string
  light: string | null
}

/** The findings of a past day are what was known of the targets then, not today's record with a light of that day. */
describe('findings of a document on a past day', () => {
  let office: Office
  beforeAll(async () => {
    office = await buildOffice({ now: '2026-06-01T02:00:00.000Z' })
  })
  afterAll(() => office.close())

  const on = async (day: string, person: 'supervisor' | 'reporter' = 'supervisor'): Promise<Finding[]> => {
    const answer = await office.get(person, `/api/documents/${office.documentId}/findings?asOf=${day}`)
    return answer.json().items.map(({ id, indicator, state, light }: Finding) => ({ id, indicator, state, light }))
  }
  const goTo = (day: string) => {
    office.clock.now = new Date(`${day}T02:00:00.000Z`)
  }

  it('say its state, its words and its light as they were', async () => {
    const id = office.addTarget({ indicator: '森林面积', deadline: '2026-12-31' })
    const twin = office.addTarget({ indicator: '森林面积' })
    goTo('2026-06-02')
    await office.done('supervisor', id, 'mend', { indicator: '森林覆盖率' })
    await office.done('supervisor', id, 'accept')
    await office.done('supervisor', twin, 'merge', { intoId: id })
    goTo('2026-06-03')
    await office.done('supervisor', id, 'assign')
    goTo('2026-06-04')
    await office.done('supervisor', id, 'recall', { reason: '交办有误' })

    const found = { id, indicator: '森林覆盖率' }
    expect(await on('2026-05-31')).toEqual([])
    expect(await on('2026-06-01')).toEqual([
      { id, indicator: '森林面积', state: 'extracted', light: null },
      { id: twin, indicator: '森林面积', state: 'extracted', light: null },
    ])
    expect(await on('2026-06-02')).toEqual([{ ...found, state: 'confirmed', light: null }])
    expect(await on('2026-06-03')).toEqual([{ ...found, state: 'assigned', light: 'unreported' }])
    expect(await on('2026-06-04')).toEqual([{ ...found, state: 'confirmed', light: null }])
  })

  it('are shown to a unit only of the days on which the target was with it', async () => {
    goTo('2026-06-05')
    const id = office.addTarget({ indicator: '新建公路', deadline: '2026-12-31' })
    goTo('2026-06-06')
    await office.done('supervisor', id, 'accept')
    goTo('2026-06-07')
    await office.done('supervisor', id, 'assign')
    expect(await on('2026-06-06', 'reporter')).toEqual([])
    expect(await on('2026-06-07', 'reporter')).toEqual([
      { id, indicator: '新建公路', state: 'assigned', light: 'unreported' },
    ])
  })
})
