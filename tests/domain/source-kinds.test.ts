import { expect, it } from 'vitest'
import { kindOfTitle } from '../../db/domain/source-kinds.ts'

it.each([
  ['2026年云川市政府工作报告', 'work-report'],
  ['云川市政府第12次常务会议纪要', 'meeting'],
  ['云川市2026年民生实事项目', 'livelihood'],
  ['云川市2026年重点项目清单', 'project'],
  ['云川市“十五五”水利发展规划', 'plan'],
  ['关于加强湿地保护的通知', 'document'],
])('the title %s is of kind %s', (title, kind) => {
  expect(kindOfTitle(title)).toBe(kind)
})
