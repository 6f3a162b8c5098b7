import { describe, expect, test } from 'vitest'
import { type LaidPage, type Piece, textOfPages } from '../../../server/readers/layout/index.ts'

/** Words at a place, full-width letters as wide as high and others half as wide. */
function at(x: number, y: number, text: string, size = 10): Piece {
  const width = [...text].reduce((sum, letter) => sum + (letter < '\u2000' ? 0.5 : 1), 0) * size
  return { text, x, y, width, size }
}

const page = (...pieces: Piece[]): LaidPage => ({ width: 400, height: 600, pieces, rules: [] })
const textOf = (...pages: LaidPage[]) => textOfPages(pages).text.replace(/\u3000/g, '')
/** A line as wide as the column from 50 to 350. */
const full = (y: number, text: string) => at(50, y, text.padEnd(30, '文'))

describe('pieces on a line', () => {
  test.each([
    [
      'marks of another face stand in the room that the words around them leave',
      [at(50, 100, '推进 一窗受理 改革'), { ...at(70, 100, '“'), width: 5 }, { ...at(115, 100, '”'), width: 5 }],
      '推进“一窗受理”改革',
    ],
    ['blanks in which nothing stands stay', [at(50, 100, '市财政局 市水利局')], '市财政局 市水利局'],
  ])('%s', (_, pieces, text) => {
    expect(textOf(page(...pieces)).trim()).toBe(text)
  })
})

describe('lines that are one paragraph', () => {
  const body = [full(300, '一'), full(320, '二'), full(340, '三'), full(360, '四')]
  test('a title in a larger type, broken to look well, is one line', () => {
    const lines = [
      at(100, 100, '云川市人民政府办公室', 20),
      at(100, 132, '关于印发节水行动方案', 20),
      at(170, 164, '的通知', 20),
    ]
    expect(textOf(page(...lines, ...body)).split('\n')[0]).toBe('云川市人民政府办公室关于印发节水行动方案的通知')
  })
  test('lines of a cover are far apart and stay lines', () => {
    const lines = [at(100, 60, '云川市节水规划文本稿', 20), at(140, 160, '云川市水利局', 20)]
    expect(
      textOf(page(...lines, ...body))
        .split('\n')
        .slice(0, 2),
    ).toEqual(['云川市节水规划文本稿', '云川市水利局'])
  })
  test.each([
    ['most paragraphs end with their sentence', '句。', ['', '', '']],
    ['sentences end inside of paragraphs', '句', ['甲。乙。丙', '丁。戊。己', '庚。辛。壬']],
  ])('a full line that ends with a sentence, where nothing is indented and %s', (_, short, long) => {
    const lines = [
      full(100, '第一段的文字').text.slice(0, 29) + '。',
      ...long.map((words) => `${words}文字文字`),
      '下一行文字',
      ...Array.from({ length: 3 }, () => short),
    ]
    const text = textOf(page(...lines.map((line, i) => at(50, 100 + 16 * i, line))))
    expect(text.split('\n')[0]!.endsWith('。')).toBe(short === '句。')
  })
})

describe('columns', () => {
  const left = Array.from({ length: 12 }, (_, i) => at(50, 100 + 16 * i, `左栏第${i % 10}行的文字到边`, 14 - 1))
  test('a few lines in the right column end the page', () => {
    const right = [at(215, 100, '右栏开头的文字满一行整', 13), at(215, 116, '右栏末行。', 13)]
    const text = textOf(page(...left, ...right))
    expect(text.indexOf('右栏开头')).toBeGreaterThan(text.indexOf('左栏第1行的文字到边', 40))
    expect(text.replace(/\s/g, '').endsWith('右栏开头的文字满一行整右栏末行。')).toBe(true)
  })
  test('a mark that hangs into the gutter does not tie two columns', () => {
    const right = Array.from({ length: 10 }, (_, i) => at(215, 100 + 16 * i, `右栏第${i}行的文字到头了`, 13))
    const hung = left.map((piece, i) => (i === 3 ? { ...at(50, piece.y, `${piece.text}啊。`, 13), width: 158 } : piece))
    const text = textOf(page(...hung, ...right))
    expect(text.indexOf('右栏第0行')).toBeGreaterThan(text.indexOf('啊。'))
  })
})

describe('furniture', () => {
  test('the dashes of a page number go with it, blanks at their ends or not', () => {
    const numbered = (number: number) =>
      page(full(100, '正文'), at(170, 570, '— '), at(185, 570, String(number)), at(190, 570, ' —'))
    expect(textOf(numbered(1), numbered(2))).not.toContain('—')
  })
})

describe('tables that nothing rules', () => {
  test('cells over several lines, centred beside one another; the first column counts the rows', () => {
    const header = [at(50, 100, '序'), at(50, 114, '号')].concat(
      ['任务', '目标', '单位'].map((word, i) => at(80 + 80 * i, 107, word)),
    )
    const rows = [0, 1].flatMap((i) => {
      const y = 140 + 40 * i
      return [
        at(80, y, '新建农村'),
        at(240, y, '县交通运'),
        at(50, y + 7, String(i + 1)),
        at(160, y + 7, '30公里'),
        at(80, y + 14, '公路'),
        at(240, y + 14, '输局'),
      ]
    })
    expect(textOf(page(...header, ...rows)).trim()).toBe(
      ['序号\t任务\t目标\t单位', '1\t新建农村公路\t30公里\t县交通运输局', '2\t新建农村公路\t30公里\t县交通运输局'].join(
        '\n',
      ),
    )
  })
})
