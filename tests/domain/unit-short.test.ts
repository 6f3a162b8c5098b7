import { expect, it } from 'vitest'
import { homeOf, unitShort } from '../../db/domain/unit-short.ts'

it.each([
  ['霁川市教育局', null, '市教育局'],
  ['霁川市发展和改革委员会', '市发展改革委', '市发展改革委'],
  ['霁川市望川区教育局', null, '望川区教育局'],
  ['栖云县林业局', '县林业局', '栖云县林业局'],
  ['霁川经济技术开发区管理委员会', '霁川经开区管委会', '霁川经济技术开发区管理委员会'],
])('calls %s (%s) %s in the office of its city', (name, shortName, short) => {
  expect(unitShort({ name, shortName }, '霁川市')).toBe(short)
  expect(unitShort({ name, shortName }, null)).toBe(name)
})

it('knows the city by its one government above all others', () => {
  expect(homeOf([{ name: '霁川市人民政府', parentId: null }])).toBe('霁川市')
  expect(homeOf([{ name: '石鹭市人民政府', parentId: 1 }])).toBeNull()
  expect(
    homeOf([
      { name: '霁川市人民政府', parentId: null },
      { name: '岚江省人民政府', parentId: null },
    ]),
  ).toBeNull()
})
