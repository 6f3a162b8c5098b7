import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Settings } from '../../../server/rules/settings.ts'
import { buildTestApp, type TestApp } from '../helper.ts'

let test: TestApp
beforeEach(async () => {
  test = await buildTestApp()
})
afterEach(() => test.close())

const get = (url: string) => test.injectAs('reporter', { method: 'GET', url })
const add = (calendar: Settings['calendar']) =>
  test.injectAs('admin', {
    method: 'PUT',
    url: '/api/settings',
    payload: { calendar: { value: calendar, version: 0 } },
  })

describe('the calendar of working days', () => {
  it('names the days off, with what the office has added', async () => {
    const url = '/api/calendar/days-off?from=2026-11-27&to=2026-12-01'
    expect((await get(url)).json()).toEqual({ daysOff: ['2026-11-28', '2026-11-29'] })
    expect((await add({ daysOff: ['2026-12-01'], workdays: ['2026-11-29'] })).statusCode).toBe(200)
    expect((await get(url)).json()).toEqual({ daysOff: ['2026-11-28', '2026-12-01'] })
  })

  it('says when a limit of working days ends', async () => {
    expect((await get('/api/calendar/limit?from=2026-09-29&days=3')).json()).toEqual({ on: '2026-10-09' })
  })

  it.each([
    ['/api/calendar/days-off?from=2026-12-02&to=2026-12-01', '结束日期不能早于开始日期'],
    ['/api/calendar/days-off?from=2026-01-01&to=2036-01-01', '一次最多查询 800 天'],
    ['/api/calendar/days-off?from=2026-13-01&to=2026-12-01', '日期应为 YYYY-MM-DD'],
    ['/api/calendar/limit?from=2026-01-01&days=-1', ''],
    ['/api/calendar/limit?from=9999-12-31&days=3', '1900 至 2299 年'],
    ['/api/calendar/limit?from=0001-01-01&days=3', '1900 至 2299 年'],
  ])('refuses %s', async (url, words) => {
    const answer = await get(url)
    expect(answer.statusCode).toBe(400)
    expect(answer.body).toContain(words)
  })

  it('refuses a day that is both off and worked, or none', async () => {
    expect((await add({ daysOff: ['2026-12-01'], workdays: ['2026-12-01'] })).body).toContain(
      '同一天不能既是放假又是上班',
    )
    expect((await add({ daysOff: ['2026-02-30'], workdays: [] })).statusCode).toBe(400)
  })
})
