import { expect, test } from 'vitest'
import { withTabbedRows } from '../../../server/readers/tabbed-rows.ts'

test.each([
  ['rows that were typed with the tab key', '序号\v任务\v单位\n1\v修路\v甲局', '序号\t任务\t单位\n1\t修路\t甲局'],
  [
    'a title of a group between them',
    '1\v修路\v甲局\n二、民生\n2\v建校\v乙局',
    '1\t修路\t甲局\n二、民生\n2\t建校\t乙局',
  ],
  ['one tab, a label or a post', '一、\v总体要求\n组长：\v张三', '一、 总体要求\n组长： 张三'],
  ['two tabs in one line alone', '甲局\v乙局\v丙局\n2025年3月1日', '甲局 乙局 丙局\n2025年3月1日'],
  ['a table of contents', '第一章\v总则\v1\n第二章\v任务\v3', '第一章 总则 1\n第二章 任务 3'],
])('tabs inside paragraphs: %s', (_, given, text) => {
  expect(withTabbedRows(given)).toBe(text)
})
