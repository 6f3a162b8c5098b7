import { expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'

const ITEMS = [
  '云江县环保督察整改方案',
  '2027年2月1日',
  '一、垃圾处理能力不足',
  '牵头部门：县交通局 责任部门：县交通局 整改时限：2027年5月底 整改目标：垃圾焚烧厂正式投入运行 整改措施：',
  '1.加快建设垃圾焚烧厂。',
  '二、污水处理能力不足',
  '牵头部门：县水利局 责任部门：县水利局、县农业局 整改时限：2027年12月 整改目标：2027年8月底完成3万吨扩容工作 整改措施：',
]

test('a form of rectification on one line is read as on a line for each label', () => {
  const { targets } = extract(ITEMS.join('\n'))
  expect(targets).toMatchObject([
    { kind: 'milestone', task: '垃圾焚烧厂正式投入运行', deadline: '2027-05-31', lead: ['县交通局'] },
    { kind: 'quantity', indicator: '完成扩容工作', value: 3, deadline: '2027-08-31', lead: ['县水利局'] },
  ])
  const apart = ITEMS.map((line) => line.replace(/ (?=.{4}：)/g, '\n')).join('\n')
  expect(
    extract(apart).targets.map(({ clauseStart: _, ...target }) => ('task' in target ? target.task : target.value)),
  ).toEqual(['垃圾焚烧厂正式投入运行', 3])
})

test('a sentence that speaks of such labels stays one line', () => {
  const { targets } = extract('云江县方案\n2027年2月1日\n整改目标：2027年底建成公园3个，责任部门：县园林局。')
  expect(targets).toMatchObject([{ kind: 'quantity', value: 3 }])
})
