import { expect, test } from 'vitest'
import { textFile } from '../../web/src/pages/documents/text-file.ts'

test.each([
  [
    'title and source stand above the words',
    ['关于节水的通知', '市水利局网站', '到2027年，\r\n达到95%。'],
    '关于节水的通知\n来源：市水利局网站\n到2027年，\n达到95%。\n',
  ],
  [
    'a title that the words begin with is not said twice',
    ['关于节水的通知', '', ' 关于节水\n的通知\n正文。'],
    '关于节水\n的通知\n正文。\n',
  ],
])('%s', async (_, [title, source, text], expected) => {
  expect(await textFile(title!, source!, text!).text()).toBe(expected)
})
test('its name has nothing that a name must not have', () => {
  expect(textFile('关于“十五五”/规划:意见?', '', 'x').name).toBe('关于“十五五” 规划 意见 .txt')
})
