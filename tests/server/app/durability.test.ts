import { expect, test, vi } from 'vitest'
import { buildTestApp } from '../helper.ts'
import { buildOffice } from '../supervision/office.ts'

const payload = { name: '新局', kind: 'unit' }
const post = { method: 'POST', url: '/api/units', payload } as const

test('nobody is told of a write before it lies on the disk; reading waits for nothing', async () => {
  let isSlow = false
  let settle: (() => void) | null = null
  const settled = async () => {
    if (isSlow) await new Promise<void>((resolve) => (settle = resolve))
  }
  const office = await buildTestApp({ durability: { settled } })
  await office.injectAs('admin', { method: 'GET', url: '/api/units' }) // signs in
  isSlow = true
  const told: string[] = []
  const write = office.injectAs('admin', post).then(({ statusCode }) => told.push(`write ${statusCode}`))
  await vi.waitFor(() => expect(settle).not.toBeNull(), 30_000)
  expect((await office.injectAs('admin', { method: 'GET', url: '/api/units' })).statusCode).toBe(200)
  expect(told).toEqual([])
  settle!()
  await write
  expect(told).toEqual(['write 201'])
  await office.close()
})

test('a disk that takes nothing is told of, with what to do', async () => {
  let isBroken = false
  const settled = async () => {
    if (isBroken) throw new Error('EIO')
  }
  const office = await buildTestApp({ durability: { settled } })
  for (const person of ['admin', 'leader'] as const) await office.injectAs(person, { method: 'GET', url: '/api/units' }) // signs in
  isBroken = true
  const answer = await office.injectAs('admin', post)
  expect(answer.statusCode).toBe(503)
  expect(answer.json()).toMatchObject({ code: 'not-written', title: '磁盘未确认写入' })
  // what is refused has stored nothing, and is told as ever
  expect((await office.injectAs('leader', post)).statusCode).toBe(403)
  await office.close()
})

test('a step is told of the disk that did not take it, even where it takes what is asked for next', async () => {
  let writings = 0
  let broken = -1
  const settled = async () => {
    if (writings++ === broken) throw new Error('EIO')
  }
  const office = await buildOffice({ durability: { settled } })
  const [first, second] = [office.addTarget(), office.addTarget()]
  await office.done('supervisor', first, 'accept') // signs in
  broken = writings
  const answer = await office.step('supervisor', second, 'accept')
  expect(answer.statusCode).toBe(503)
  expect(answer.json()).toMatchObject({ code: 'not-written' })
  await office.done('supervisor', second, 'assign', { reportFrequency: 'quarterly' })
  await office.close()
})
