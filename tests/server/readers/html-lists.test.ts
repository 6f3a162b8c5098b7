import { expect, test } from 'vitest'
import { htmlToText } from '../../../server/readers/html.ts'

test.each([
  ['one list', '<ol><li>甲<li><p>乙</p></ol>', '1.甲\n2.乙\n'],
  [
    'numbers that go on behind a paragraph',
    '<ol><li>甲</ol><p>正文</p><ol start="2"><li>乙</ol>',
    '1.甲\n正文\n2.乙\n',
  ],
  [
    'lists in lists whose kind of number was lost',
    '<ol><li>目标<ol><li>质量<ol><li>合格率</ol></ol><li>任务</ol>',
    '一、目标\n（一）质量\n1.合格率\n二、任务\n',
  ],
  [
    'a kind that is named',
    '<ol type="a"><li>甲</ol><ol style="list-style-type: cjk-ideographic"><li>乙</ol>',
    'a.甲\n一、乙\n',
  ],
  ['no numbers', '<ol style="list-style:none"><li>甲</ol><ul><li>乙</ul>', '甲\n乙\n'],
  [
    'a list in an item without words counts by itself',
    '<ol><li><ol><li>甲<li>乙</ol><li>丙</ol>',
    '（一）甲\n（二）乙\n一、丙\n',
  ],
])('numbered lists: %s', async (_, html, text) => {
  expect(await htmlToText(html, '页面.html')).toBe(text)
})
