import { describe, expect, test } from 'vitest'
import { type LaidPage, type Piece, textOfPages } from '../../../server/readers/layout/index.ts'
import { upright } from '../../../server/readers/layout/turns.ts'
import { piecesOf } from '../../../server/readers/pdf/pieces.ts'

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

describe('pieces of a PDF whose letters are spread', () => {
  const item = (str: string) => ({
    str,
    transform: [10, 0, 0, 10, 50, 100],
    width: 100,
    height: 10,
    dir: 'ltr',
    fontName: 'f',
    hasEOL: false,
  })
  const texts = (...strs: string[]) =>
    piecesOf({ items: strs.map(item), styles: {}, lang: null }, [1, 0, 0, 1, 0, 0]).map(({ text }) => text)
  test.each([
    ['are words again', ['市 财 政 局 负 责'], ['市财政局负责']],
    [
      'are numbers again, where most of the page is spread',
      ['新 建 公 路 共 计 里 程', '1 2 0', '5 . 8 %'],
      ['新建公路共计里程', '120', '5.8%'],
    ],
    [
      'are words within a line that has others',
      ['成 18 座 ， 纳 入 计 划 ， 按 月 调'],
      ['成 18 座，纳入计划，按月调'],
    ],
    ['but numbers stay apart where it is not', ['2026年新建农村公路', '1 2 0'], ['2026年新建农村公路', '1 2 0']],
    ['and words that a blank parts stay as they are', ['市财政局 市水利局', '王 明'], ['市财政局 市水利局', '王 明']],
  ])('%s', (_, given, read) => expect(texts(...given)).toEqual(read))
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
  test('in the type of the text, as long as its longest line: the number below it is none of it', () => {
    const lines = [full(100, '云川市人民政府关于节水的通知'), at(50, 120, '云政发〔2026〕17号'), at(50, 140, '各县：')]
    expect(
      textOf(page(...lines))
        .trim()
        .split('\n')[1],
    ).toBe('云政发〔2026〕17号')
    const cited = [full(100, '根据通知（'), at(50, 120, '云政发〔2026〕17号')]
    expect(
      textOf(page(...cited))
        .trim()
        .split('\n'),
    ).toHaveLength(1)
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

describe('what stands in one of several columns', () => {
  const column = (x: number, name: string, count = 12) =>
    Array.from({ length: count }, (_, i) => at(x, 100 + 16 * i, `${name}第${i % 10}行的文字到边`, 9))
  const order = (text: string, names: string[]) => names.map((name) => text.indexOf(name))
  const sorted = (places: number[]) => [...places].sort((a, b) => a - b)

  test('three columns are read one after the other, and on the next page, too, where they are short', () => {
    const first = page(...column(30, '左'), ...column(150, '中'), ...column(270, '右'))
    const last = page(...column(30, '末', 3), ...column(150, '尾', 3), ...column(270, '终', 2))
    const places = order(textOf(first, last), [
      '左第9',
      '中第0',
      '中第9',
      '右第0',
      '右第9',
      '末第2',
      '尾第0',
      '尾第2',
      '终第0',
    ])
    expect(places).toEqual(sorted(places))
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0)
  })
  test('a paragraph that the end of a column cuts is one line', () => {
    const lines = (x: number, name: string) => column(x, name).map(({ y, text }) => at(x, y, `${text}满一行整`))
    const left = lines(50, '左').map((piece, i) => (i === 11 ? at(50, piece.y, '到二〇三〇年的比例应当达') : piece))
    const right = [at(215, 100, '到百分之六十以上的一半。'), ...lines(215, '右').slice(1)]
    expect(textOf(page(...left, ...right))).toContain('达到百分之六十')
  })
  test('a table in a column is read where it stands', () => {
    const xs = [215, 250, 300]
    const rows = [0, 1, 2].map((i) => 180 + 20 * i)
    const table = [
      ...rows.map((y1) => ({ x1: 215, y1, x2: 300, y2: y1 })),
      ...xs.map((x) => ({ x1: x, y1: 180, x2: x, y2: 220 })),
    ]
    const right = column(215, '右', 16).filter(({ y }) => y < 175 || y > 225)
    const cells = [at(220, 194, '任务', 9), at(255, 194, '单位', 9), at(220, 214, '修路', 9), at(255, 214, '交通局', 9)]
    const text = textOf({ ...page(...column(50, '左', 16), ...right, ...cells), rules: table })
    const places = order(text, ['左第0', '左第9', '右第0', '任务\t单位\n修路\t交通局', '右第9'])
    expect(places).toEqual(sorted(places))
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0)
  })
})

describe('numbers of lines in the margin', () => {
  const lines = Array.from({ length: 9 }, (_, i) => full(100 + 20 * i, `正文${'一二三四五六七八九'[i]!}`))
  const numbers = (from: number, step = 1) =>
    lines.flatMap(({ y }, i) => ((i + 1) % step === 0 ? [at(28, y, String(from + i), 8)] : []))
  test('are no text', () => {
    const text = textOf(page(...lines, ...numbers(12)))
    expect(text).not.toMatch(/\d/)
    expect(text).toContain('正文九')
  })
  test('stay where they count rows of cells', () => {
    const rows = lines.map(({ y }) => [at(60, y, '修农村公路'), at(160, y, '三十公里'), at(260, y, '交通局')])
    expect(textOf(page(...rows.flat(), ...numbers(1))).split('\n')[8]).toBe('9\t修农村公路\t三十公里\t交通局')
  })
})

describe('tables with level rules alone', () => {
  const xs = [50, 80, 220, 300]
  const row = (y: number, cells: string[]) => cells.flatMap((text, i) => (text === '' ? [] : [at(xs[i]!, y, text)]))
  const rule = (y: number) => ({ x1: 45, y1: y, x2: 350, y2: y })
  test('have a row between two rules, whatever hangs into the next column', () => {
    const given: LaidPage = {
      ...page(
        ...row(114, ['序号', '任务', '单位', '时限']),
        ...row(134, ['', '新建农村公路三十二公里整，', '', '']),
        ...row(141, ['1', '', '市交通局', '六月底']),
        ...row(148, ['', '全部通车。', '', '']),
        ...row(174, ['2', '架桥。', '市水利局', '年底']),
      ),
      rules: [100, 120, 160, 180].map(rule),
    }
    expect(textOf(given).trim()).toBe(
      [
        '序号\t任务\t单位\t时限',
        '1\t新建农村公路三十二公里整，全部通车。\t市交通局\t六月底',
        '2\t架桥。\t市水利局\t年底',
      ].join('\n'),
    )
  })
  test('may have their header above the first rule', () => {
    const given: LaidPage = {
      ...page(
        full(60, '下表列出任务'),
        ...row(114, ['序号', '任务', '单位', '时限']),
        ...row(134, ['1', '修路。', '市交通局', '六月底']),
        ...row(154, ['2', '架桥。', '市水利局', '年底']),
      ),
      rules: [120, 140, 160].map(rule),
    }
    expect(textOf(given).split('\n').slice(1)).toEqual([
      '序号\t任务\t单位\t时限',
      '1\t修路。\t市交通局\t六月底',
      '2\t架桥。\t市水利局\t年底',
    ])
  })
  test('are no paragraphs between the rules of a letterhead', () => {
    const given: LaidPage = { ...page(full(120, '正文一'), full(140, '正文二')), rules: [80, 84, 500, 504].map(rule) }
    expect(textOf(given)).not.toContain('\t')
  })
})

describe('tables in two columns', () => {
  test('whose rules all but meet stay two', () => {
    const xs = [50, 100, 170]
    const grid = (shift: number, top: number) => [
      ...[0, 20, 40].map((y) => ({ x1: 50 + shift, y1: top + y, x2: 170 + shift, y2: top + y })),
      ...xs.map((x) => ({ x1: x + shift, y1: top, x2: x + shift, y2: top + 40 })),
    ]
    const cells = (shift: number, top: number, name: string) =>
      [0, 1].flatMap((i) => [
        at(54 + shift, top + 14 + 20 * i, `${name}${i}`),
        at(104 + shift, top + 14 + 20 * i, `局${i}`),
      ])
    const given = page(...cells(0, 100, '左'), ...cells(180, 99.4, '右'))
    const text = textOf({ ...given, rules: [...grid(0, 100), ...grid(180, 99.4)] })
    for (const row of ['左0\t局0', '左1\t局1', '右0\t局0', '右1\t局1']) expect(text.split('\n')).toContain(row)
  })
})

describe('furniture', () => {
  test('a head of two pages is known by its small type', () => {
    const headed = (text: string) => page(at(50, 40, '云川市水利局公报', 7), full(100, text), full(120, text))
    expect(textOf(headed('正文一'), headed('正文二'))).not.toContain('公报')
  })
  test('the dashes of a page number go with it, blanks at their ends or not', () => {
    const numbered = (number: number) =>
      page(full(100, '正文'), at(170, 570, '— '), at(185, 570, String(number)), at(190, 570, ' —'))
    expect(textOf(numbered(1), numbered(2))).not.toContain('—')
  })
})

describe('what a browser prints around a page', () => {
  test.each([
    ['2027/3/20 10:11　霁川市水利局', 'https://slj.example.cn/art/1.html　1/1'],
    ['3/20/27, 10:11 AM　霁川市水利局', 'file:///C:/文件/方案.html　1/1'],
    ['2027/3/20 上午10:11', 'about:blank　1/1'],
  ])('is no text: %s', (head, foot) => {
    const given = page(at(20, 14, head, 7), full(100, '正文'), at(20, 592, foot, 7))
    expect(textOf(given)).toBe(full(100, '正文').text)
  })
})

describe('the end of a page', () => {
  test('in the middle of a number does not cut it', () => {
    const text = textOfPages([
      page(full(540, '上'), at(50, 560, '到二〇二七年，全市林下经济的总面积与产值要稳步地再增长到13')),
      page(full(60, '0亿元以上，'), at(50, 80, '完。')),
    ]).text
    expect(text).toContain('\f130亿元以上')
  })
})

describe('notes at the foot of a page', () => {
  const body = (text: string) => [0, 1, 2].map((i) => full(460 + 16 * i, `${text}${i}`))
  const rule = { x1: 50, y1: 510, x2: 140, y2: 510 }
  const first: LaidPage = {
    ...page(
      ...body('上页'),
      at(50, 524, '1 按常住人口计算。', 8),
      at(50, 536, '2 不含农场，', 8),
      at(50, 546, '另行统计。', 8),
    ),
    rules: [rule],
  }
  test('stand behind all of the text, and do not cut the paragraph that goes on overleaf', () => {
    const lines = textOf(first, page(full(60, '下页一'), at(50, 76, '完。'))).split('\n')
    expect(lines[0]).toMatch(/^上页0.+下页一文+完。$/s)
    expect(lines.slice(1)).toEqual(['注1：按常住人口计算。', '注2：不含农场，另行统计。'])
  })
  test.each([
    ['without a rule', { ...first, rules: [] }],
    ['below a rule over the whole width', { ...first, rules: [{ ...rule, x2: 350 }] }],
  ])('small lines %s are text like any other', (_, given) => {
    expect(textOf(given)).not.toContain('注1')
  })
})

test('words that a rule runs through leave no room that looks like that between cells', () => {
  const cells = (y: number, ...words: string[]) => words.map((text, k) => at(50 + 100 * k, y, text))
  const given = page(
    at(50, 100, '普及率达到'),
    at(100, 100, '8090%以上。'),
    ...cells(115, '指标', '单位', '目标值'),
    ...cells(130, '节水率', '%', '65'),
    ...cells(145, '绿地', '公顷', '320'),
    ...cells(160, '泵站', '座', '14'),
  )
  const text = textOf({ ...given, rules: [{ x1: 100, y1: 97, x2: 109, y2: 97 }] })
  expect(text.trim().split('\n').slice(0, 2)).toEqual(['普及率达到90%以上。', '指标\t单位\t目标值'])
})

test('a page of a PDF whose letters stand below one another is read from the right', () => {
  const column = (str: string, x: number) => ({
    str,
    transform: [10, 0, 0, 10, x, 60],
    width: 10,
    height: 10 * str.length,
    dir: 'ttb',
    fontName: 'f',
    hasEOL: false,
  })
  const items = [column('改造管网三十公里', 300), column('新建公园十二座', 320)]
  const pieces = piecesOf({ items, styles: {}, lang: null }, [1, 0, 0, 1, 0, 0])
  expect(
    textOf(upright({ width: 400, height: 600, pieces, rules: [] }))
      .trim()
      .split('\n'),
  ).toEqual(['新建公园十二座', '改造管网三十公里'])
})

describe('a ruled cell over several rows', () => {
  const edges = [50, 70, 110, 250, 350]
  /** Rows of number, group, task and unit; no rule stands below the group of rows in `open`. */
  const table = (top: number, rows: string[][], open: number[]): LaidPage => {
    const rule = (x1: number, y1: number, x2: number, y2: number) => ({ x1, y1, x2, y2 })
    return {
      ...page(
        ...rows.flatMap((row, i) =>
          row.flatMap((text, k) => (text === '' ? [] : [at(edges[k]! + 4, top + 14 + 20 * i, text)])),
        ),
      ),
      rules: [
        ...Array.from({ length: rows.length + 1 }, (_, i) => top + 20 * i).flatMap((y, i) =>
          open.includes(i - 1) ? [rule(50, y, 70, y), rule(110, y, 350, y)] : [rule(50, y, 350, y)],
        ),
        ...edges.map((x) => rule(x, top, x, top + 20 * rows.length)),
      ],
    }
  }
  const header = ['序号', '类别', '任务', '单位']
  const told = (text: string) => [...text.matchAll(/^\d\t(\S*)\t/gm)].map(([, group]) => group)
  test('says what it says on both pages where the end of one cuts it', () => {
    const above = table(400, [header, ['1', '水利', '修渠九公里', '水利局'], ['2', '', '建闸三座', '水利局']], [1])
    const below = table(60, [header, ['3', '', '清淤七公里', '住建局'], ['4', '', '植树两万株', '林业局']], [1])
    expect(told(textOf(above, below))).toEqual(['水利', '水利', '水利', '水利'])
  })
  test('says it above, too, where its words stand overleaf', () => {
    const above = table(400, [header, ['1', '', '修渠九公里', '水利局'], ['2', '', '建闸三座', '水利局']], [1])
    const below = table(60, [header, ['3', '水利', '清淤七公里', '住建局']], [])
    expect(told(textOf(above, below))).toEqual(['水利', '水利', '水利'])
  })
  test('does not fill the cell of one row that says nothing', () => {
    const above = table(400, [header, ['1', '', '修渠九公里', '水利局'], ['2', '水利', '建闸三座', '水利局']], [])
    const below = table(60, [header, ['3', '', '清淤七公里', '住建局']], [])
    expect(told(textOf(above, below))).toEqual(['', '水利', ''])
  })
  test('whose letters stand below one another says a word', () => {
    const given = table(400, [header, ['1', '水', '修渠九公里', '水利局'], ['2', '利', '建闸三座', '水利局']], [1])
    expect(told(textOf(given))).toEqual(['水利', '水利'])
  })
})

describe('a row that the end of a page cuts', () => {
  const xs = [50, 80, 220, 350]
  const table = (top: number, rows: string[][]): LaidPage => ({
    ...page(
      ...rows.flatMap((row, i) =>
        row.flatMap((text, k) => (text === '' ? [] : [at(xs[k]! + 4, top + 14 + 20 * i, text)])),
      ),
    ),
    rules: [
      ...Array.from({ length: rows.length + 1 }, (_, i) => ({ x1: 50, y1: top + 20 * i, x2: 350, y2: top + 20 * i })),
      ...xs.map((x) => ({ x1: x, y1: top, x2: x, y2: top + 20 * rows.length })),
    ],
  })
  const header = ['序号', '任务', '单位']
  test.each([
    ['its number stands above', [['1', '新建农村公', '市交通']], [['', '路三十公里', '运输局']]],
    ['its number stands below', [['', '新建农村公', '']], [['1', '路三十公里', '市交通运输局']]],
    ['the header is set again', [['1', '新建农村公', '市交通运输局']], [header, ['', '路三十公里', '']]],
  ])('is one row: %s', (_, above, below) => {
    expect(
      textOf(table(500, [header, ...above]), table(60, [...below, ['2', '架桥', '市水利局']])).replace('\f\n', ''),
    ).toContain('1\t新建农村公路三十公里\t市交通运输局\n')
  })
  test('a header that a scan shows otherwise overleaf is still that', () => {
    const wide = (top: number, rows: string[][]): LaidPage => ({
      ...page(
        ...rows.flatMap((row, i) =>
          row.flatMap((text, k) => (text === '' ? [] : [at(54 + 90 * k, top + 14 + 20 * i, text)])),
        ),
      ),
      rules: [
        ...Array.from({ length: rows.length + 1 }, (_, i) => ({ x1: 50, y1: top + 20 * i, x2: 410, y2: top + 20 * i })),
        ...[50, 140, 230, 320, 410].map((x) => ({ x1: x, y1: top, x2: x, y2: top + 20 * rows.length })),
      ],
    })
    const above = wide(500, [
      ['序号', '任务', '牵头单位', '时限'],
      ['1', '新建农村公', '市交通', '年底前'],
    ])
    const below = wide(60, [
      ['序', '任务', '牵头单位', '时限'],
      ['', '路三十公里', '运输局', ''],
      ['2', '架桥', '市水利局', '年中前'],
    ])
    expect(textOf(above, below)).toContain('1\t新建农村公路三十公里\t市交通运输局\t年底前\n')
  })
  test('a row of its own stays one', () => {
    const text = textOf(table(500, [header, ['1', '修路', '市交通运输局']]), table(60, [['2', '架桥', '市水利局']]))
    expect(text).toContain('1\t修路\t市交通运输局\n\f\n2\t架桥\t市水利局')
  })
})

describe('tables that nothing rules', () => {
  const table = (top: number, rows: string[][]) =>
    rows.flatMap((row, i) =>
      row.flatMap((text, k) => (text === '' ? [] : [at([50, 80, 200, 300][k]!, top + 22 * i, text)])),
    )
  const header = ['序号', '任务', '目标', '单位']
  test('are no running text whose marks stand below each other', () => {
    const broken = [at(50, 100, '由县财政局'), at(130, 100, '县审计局负责'), at(230, 100, '各乡镇参加')]
    const lines = [
      '道路管护由乡镇政府，县水利局以及，',
      '路政执法由交警大队，县交通局以及，',
      '经费保障由县级财政，各级统筹安排，',
    ]
    const text = textOf(page(...broken, ...lines.map((line, i) => at(50, 116 + 16 * i, line + '各部门共同负责落实。'))))
    expect(text).not.toContain('\t')
  })
  test('are no lines of a paragraph behind one that is spread to its margins', () => {
    const spread = [at(50, 100, '负责单位：'), at(140, 100, '各乡镇'), at(220, 100, '（四）'), at(300, 100, '加强管')]
    const lines = ['一是完善。', full(0, '路政').text, '二是宣传。', full(0, '养护').text, '三是检查。']
    const text = textOf(page(...spread, ...lines.map((line, i) => at(50, 116 + 16 * i, line))))
    expect(text).not.toContain('\t')
  })
  test('go on overleaf, be it with one row', () => {
    const rows = [header, ['1', '修路', '三十公里', '市交通局'], ['2', '架桥', '两座', '市水利局']]
    const text = textOf(page(...table(480, rows)), page(...table(60, [['3', '植树', '五百亩', '市林业局']])))
    expect(text).toContain('\n3\t植树\t五百亩\t市林业局')
  })
  test('the letters of a narrow cell may be spread, and a title of a group of rows may lie over all columns', () => {
    const spread = [at(80, 144, '公'), at(93, 144, '路'), at(106, 144, '网'), at(80, 156, '工程')]
    const rows = [at(50, 144, '1'), at(200, 144, '三十公里'), at(300, 144, '市交通局'), ...spread]
    const title = at(50, 184, '二、民生方面的重点任务共两件')
    const text = textOf(
      page(
        ...table(120, [header]),
        ...rows,
        title,
        ...table(206, [
          ['2', '架桥', '两座', '市水利局'],
          ['3', '植树', '五百亩', '市林业局'],
        ]),
      ),
    )
    expect(text.trim().split('\n')).toEqual([
      '序号\t任务\t目标\t单位',
      '1\t公路网工程\t三十公里\t市交通局',
      '二、民生方面的重点任务共两件',
      '2\t架桥\t两座\t市水利局',
      '3\t植树\t五百亩\t市林业局',
    ])
  })
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
  test('a number alone in the middle of the first row does not take the header into it', () => {
    const header = [at(50, 100, '序'), at(50, 114, '号')].concat(
      ['任务', '目标', '单位'].map((word, i) => at(80 + 80 * i, 107, word)),
    )
    const rows = [0, 1].flatMap((i) => {
      const y = 140 + 40 * i
      const halves = ['新建农村', '三十公里', '县交通运', '公路', '以上', '输局']
      return [
        ...halves.map((text, k) => at(80 + 80 * (k % 3), y + (k < 3 ? 0 : 14), text)),
        at(50, y + 7, String(i + 1)),
      ]
    })
    expect(
      textOf(page(...header, ...rows))
        .trim()
        .split('\n')
        .slice(0, 2),
    ).toEqual(['序号\t任务\t目标\t单位', '1\t新建农村公路\t三十公里以上\t县交通运输局'])
  })
  describe('cells of the first column over several rows', () => {
    const xs = [50, 100, 220, 300]
    const heads = ['领域', '措施', '时限', '单位'].map((text, k) => at(xs[k]!, 100, text))
    /** A row of two lines whose other cells stand at its top or in its middle. */
    const row = (y: number, lines: string[], day: string, unit: string, isMiddle: boolean) => [
      ...lines.map((text, i) => at(xs[1]!, y + 14 * i, text)),
      ...[day, unit].map((text, k) => at(xs[k + 2]!, y + (isMiddle ? 7 * (lines.length - 1) : 0), text)),
    ]
    const rows = (isMiddle: boolean) => [
      ...row(130, ['新建公办幼儿园十', '二所'], '八月底', '区教育局', isMiddle),
      ...row(166, ['改造食堂三十家'], '五月底', '区教育局', isMiddle),
      ...row(188, ['新建口袋公园', '15'], '九月底', '区建设局', isMiddle),
      ...row(222, ['整治排污口', '七十个'], '十月底', '区水利局', isMiddle),
      ...row(258, ['植树五百亩'], '三月底', '区林业局', isMiddle),
    ]
    const wanted = [
      '领域\t措施\t时限\t单位',
      '教育\t新建公办幼儿园十二所\t八月底\t区教育局',
      '教育\t改造食堂三十家\t五月底\t区教育局',
      '环境\t新建口袋公园15\t九月底\t区建设局',
      '环境\t整治排污口七十个\t十月底\t区水利局',
      '环境\t植树五百亩\t三月底\t区林业局',
    ]
    const read = (pieces: Piece[]) =>
      textOf(page(...heads, ...pieces))
        .trim()
        .split('\n')
        .map((line) => line.replaceAll(' ', ''))
    test('with their words between these rows', () => {
      expect(read([...rows(true), at(50, 148, '教育'), at(50, 223, '环境')])).toEqual(wanted)
    })
    test('with their words at the top of the first, though a line of digits is not so high as others', () => {
      expect(read([...rows(false), at(50, 130, '教育'), at(50, 188, '环境')])).toEqual(wanted)
    })
  })
  test('end above the caption of the next one, whatever columns that has', () => {
    const caption = (y: number, text: string, size = 10) => at(60, y, text, size)
    const first = table(100, [header, ['1', '修路', '三十公里', '市交通局'], ['2', '架桥', '两座', '市水利局']])
    const second = [
      ['任务', '单位'],
      ['植树五百亩', '市林业局'],
      ['疏浚三条', '市水利局'],
    ].flatMap((row, i) => row.map((text, k) => at([60, 250][k]!, 190 + 22 * i, text)))
    for (const above of [caption(166, '表2 生态任务'), caption(168, '生态方面的任务', 14)])
      expect(textOf(page(...first, above, ...second))).toContain(`2\t架桥\t两座\t市水利局\n${above.text}\n`)
  })
  test('a word of the header over two columns that each have their own', () => {
    const head = [
      ...['序号', '任务', '备注'].map((word, i) => at([50, 80, 330][i]!, 108, word)),
      at(225, 100, '目标值'),
      at(200, 116, '2026年'),
      at(250, 116, '2027年'),
    ]
    const rows = [1, 2, 3].flatMap((n) => {
      const y = 116 + 24 * n
      return [at(50, y, `${n}`), at(80, y, '修渠长度'), at(205, y, `${n}5`), at(255, y, `${n}8`), at(330, y, '约束')]
    })
    expect(
      textOf(page(...head, ...rows))
        .trim()
        .split('\n')
        .slice(0, 3),
    ).toEqual(['序号\t任务\t目标值\t\t备注', '序号\t任务\t2026年\t2027年\t备注', '1\t修渠长度\t15\t18\t约束'])
  })
  test('a row that the end of a page cuts goes on below the header that is set again', () => {
    const row = (y: number, cells: string[]) =>
      cells.flatMap((text, k) => (text === '' ? [] : [at([50, 80, 200, 300][k]!, y, text)]))
    const above = [
      ...row(480, header),
      ...row(502, ['1', '修路', '三十公里', '市交通局']),
      ...row(524, ['2', '新建跨', '两座', '市水利']),
    ]
    const below = [
      ...row(60, header),
      ...row(82, ['', '河大桥', '', '局']),
      ...row(104, ['3', '植树并', '五百亩', '市林业局']),
      ...row(116, ['', '管护', '', '']),
      ...row(138, ['4', '清淤', '三条', '市水利局']),
    ]
    const text = textOf(page(...above), page(...below))
    expect(text).toContain('2\t新建跨河大桥\t两座\t市水利局')
    expect(text).toContain('3\t植树并管护\t五百亩\t市林业局')
  })
  test('a row without a number goes on overleaf where its cells are torn', () => {
    const xs = [50, 150, 230, 310]
    const row = (y: number, cells: string[]) => cells.flatMap((text, k) => (text === '' ? [] : [at(xs[k]!, y, text)]))
    const titles = ['任务', '目标', '单位', '时限']
    const above = [titles, ['修路', '三十公里', '市交通局', '年底前'], ['架桥', '大桥12', '市水利局、', '2027年6月']]
    const below = [
      titles,
      ['', '座', '市财政局', '底前'],
      ['植树', '五百亩', '市林业局', '年中前'],
      ['清淤', '三条', '市水利局', '年底前'],
    ]
    const pages = [above, below].map((rows, i) =>
      page(...rows.flatMap((cells, k) => row([480, 60][i]! + 22 * k, cells))),
    )
    expect(textOf(...pages)).toContain('架桥\t大桥12座\t市水利局、市财政局\t2027年6月底前')
  })
  test('a mark inside of a cell opens no column, though words stand behind it', () => {
    const rows = ['市财政局', '市水利局', '县交通局、市林', '市农业局', '市审计局', '市民政局', '市教育局'].map(
      (units, i) =>
        [`${i + 1}`, '修路', '三十公里', units].map((text, k) => at([50, 80, 160, 250][k]!, 122 + 22 * i, text)),
    )
    const head = ['序号', '任务', '目标', '责任单位'].map((text, k) => at([50, 80, 160, 250][k]!, 100, text))
    expect(textOf(page(...head, ...rows.flat()))).toContain('3\t修路\t三十公里\t县交通局、市林')
  })
})
