import { afterEach, beforeEach, expect, it } from 'vitest'
import { buildOffice, type Office } from './office.ts'

let office: Office
beforeEach(async () => {
  office = await buildOffice()
})
afterEach(() => office.close())

it('fills a baseline that nobody wrote down, and leaves one that stands to 变更', async () => {
  const id = await office.signedTarget({ baselineValue: null, baselineUnit: null })
  expect((await office.step('reporter', id, 'fill', { baselineValue: 50 })).statusCode).toBe(403)
  await office.done('supervisor', id, 'fill', { baselineValue: 50, baselinePeriod: '2023年' })
  expect(office.target(id)).toMatchObject({ baselineValue: 50, baselineUnit: '%', baselinePeriod: '2023年' })
  const again = await office.step('supervisor', id, 'fill', { baselineValue: 40 })
  expect(again.statusCode).toBe(400)
  expect(again.json().errors).toMatchObject([{ path: 'baselineValue', message: '已有基期值，修改请申请变更' }])
})

it('grants an extension to an earlier day than was asked for, never to a later one, and says the day', async () => {
  const id = await office.signedTarget()
  const { record } = await office.done('reporter', id, 'ask-extension', { reason: '汛期停工', deadline: '2027-06-30' })
  const grant = (deadline: string) => office.step('supervisor', id, 'grant', { requestId: record!.id, deadline })
  expect((await grant('2027-07-01')).statusCode).toBe(400)
  expect((await grant('2026-12-31')).statusCode).toBe(400)
  expect((await grant('2027-03-31')).statusCode).toBe(200)
  expect(office.target(id).deadline).toBe('2027-03-31')
  const { items } = (await office.get('reporter', '/api/supervision/requests')).json()
  expect(items).toMatchObject([
    { after: { deadline: '2027-03-31' }, decisionReason: '申请延至2027-06-30，同意延至2027-03-31' },
  ])
  const notices = (await office.get('reporter', '/api/notifications')).json().items as { text: string }[]
  expect(notices.some(({ text }) => text.includes('完成时限改为2027-03-31'))).toBe(true)
})
