import { describe, expect, test } from 'vitest'
import { labelOf } from '../../../extractors/structure/labels.ts'
import { documentOf } from './read.ts'

describe('labels', () => {
  test.each([
    ['一、总体要求', '一、'],
    ['(十二)加强领导', '(十二)'],
    ['1.建设', '1.'],
    ['10、建设', '10、'],
    ['(3)建设', '(3)'],
    ['①建设', '①'],
    ['第三章附则', '第三章'],
    ['第二十条本规定', '第二十条'],
    ['14.8月底前新增', '14.'],
    ['1.2019年建成', '1.'],
    ['任务三治理面源污染', '任务三'],
    ['1.1市属企业收入占比达到25%', '1.1'],
    ['02湿地保护:保护率达到58%', '02'],
  ])('%s', (paragraph, label) => expect(labelOf(paragraph)?.text).toBe(label))

  test.each([
    '二、三产业融合发展',
    '3.5亿元',
    '2020年',
    '第一批项目',
    '第二条、第三条规定',
    '(2018—2020年)',
    '“十三五”',
    '1.1亿元投资到位',
    '工程二期建设全面启动',
    '项目三年行动计划出台',
    '任务三治理面源污染,年内完成',
    '02月起执行',
  ])('%s has none', (paragraph) => expect(labelOf(paragraph)).toBeNull())
})

test('headings nest by the rank of their labels', () => {
  const { headings } = documentOf(
    '云川市实施方案\n一、任务\n（一）甲。\n1．子。内容。\n2．丑。内容。\n（二）乙。内容。\n二、保障\n加强领导，落实责任。',
  )
  expect(headings.map(({ text, level, parent }) => [text, level, parent?.text ?? null])).toEqual([
    ['一、任务', 1, null],
    ['(一)甲', 2, '一、任务'],
    ['1.子', 3, '(一)甲'],
    ['2.丑', 3, '(一)甲'],
    ['(二)乙', 2, '一、任务'],
    ['二、保障', 1, null],
  ])
})

test('clauses know their path and their sentences, brackets and quotes do not end one', () => {
  const { clauses } = documentOf(
    '云川市实施方案\n一、任务\n（一）甲。坚持“谁主管、谁负责。”的原则（含试点。下同）推进。完成5项！\n',
  )
  const clause = clauses.at(-1)
  expect(clause?.path.map(({ text }) => text)).toEqual(['一、任务', '(一)甲'])
  expect(clause?.sentences).toHaveLength(3)
})

test('the caption of a numbered table names its rows and nothing behind', () => {
  const { clauses } = documentOf(
    '云川市实施方案\n一、“十三五”回顾\n表1 主要指标完成情况一览表\n序号\t指标\t目标值\n1\t绿道（公里）\t30\n2\t公园（座）\t8\n各项指标都已完成。\n（一）建设公园\n新建公园8座。\n',
  )
  const paths = clauses.map(({ start, end, path }) => [end - start, path.map(({ text }) => text).join(' > ')])
  expect(paths.slice(-3).map(([, path]) => path)).toEqual([
    '一、“十三五”回顾',
    '一、“十三五”回顾 > (一)建设公园',
    '一、“十三五”回顾 > (一)建设公园',
  ])
  expect(paths.filter(([, path]) => String(path).endsWith('表1主要指标完成情况一览表'))).toHaveLength(1 + 2)
})

test('a line that says what is to be done heads nothing, whatever it ends in', () => {
  const { headings } = documentOf(
    '云川市实施方案\n一、任务\n（一）甲。\n深入开展爱河护河行动\n（责任单位：市水务局，各县（市、区）人民政府）\n（二）乙。内容。',
  )
  expect(headings.map(({ text }) => text)).toEqual(['一、任务', '(一)甲', '(二)乙'])
  const attached = documentOf(
    '云川市通知\n一、任务\n（一）甲。\n推进绿色转型行动方案\n为加快转型，制定如下措施。\n一、目标\n内容。',
  )
  expect(attached.headings.map(({ text }) => text)).toContain('推进绿色转型行动方案')
})
