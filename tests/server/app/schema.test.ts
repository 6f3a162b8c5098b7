import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readConfig } from '../../../server/config.ts'
import { booleanQuery, commaList, dateField, pageQuery } from '../../../server/schema.ts'

describe('pieces of schemas', () => {
  it.each([
    ['2026-06-30', true],
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-6-30', false],
    ['', false],
    ['2026-06-30T00:00:00Z', false],
    [20260630, false],
  ])('date %j: %s', (value, ok) => expect(dateField.safeParse(value).success).toBe(ok))

  it('read lists parted by commas', () => {
    const list = commaList(z.enum(['a', 'b']))
    expect(list.parse('a, b')).toEqual(['a', 'b'])
    expect(list.parse('')).toEqual([])
    expect(list.parse(undefined)).toBeUndefined()
    expect(list.safeParse('a,c').success).toBe(false)
  })

  it('read numbers of a list from text, within limits', () => {
    expect(pageQuery.parse({})).toEqual({ limit: 50 })
    expect(pageQuery.parse({ limit: '7' })).toEqual({ limit: 7 })
    for (const limit of ['0', '501', 'all', '1.5']) expect(pageQuery.safeParse({ limit }).success).toBe(false)
  })

  it('read "false" as false', () => {
    expect(booleanQuery.parse('false')).toBe(false)
    expect(booleanQuery.safeParse('0').success).toBe(false)
  })
})

describe('the environment', () => {
  it('has defaults for a newcomer', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      logLevel: 'info',
      https: false,
      publicUrl: null,
      trustProxy: [],
    })
    expect(readConfig({ PORT: '', LOG_LEVEL: '' }).port).toBe(3000)
  })

  it('behind a proxy believes only that proxy', () => {
    expect(readConfig({ PUBLIC_URL: 'https://zb.example.gov.cn/' })).toMatchObject({
      https: true,
      publicUrl: 'https://zb.example.gov.cn',
      trustProxy: ['loopback'],
    })
    expect(readConfig({ PUBLIC_URL: 'http://10.0.0.5', TRUST_PROXY: '10.0.0.4, loopback' })).toMatchObject({
      https: false,
      trustProxy: ['10.0.0.4', 'loopback'],
    })
  })
})
