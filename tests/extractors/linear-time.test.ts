import fc from 'fast-check'
import { expect, test } from 'vitest'
import { extract } from '../../extractors/extract.ts'

/**
 * A file that says one thing over and over must take no longer than any other of its length. Read at one length and at
 * four times that length in the same run: what is linear takes four times as long, what grows with the square sixteen
 * times.
 */
const CHARACTERS = 4_000
const TIMES = 4
/** Between four and sixteen, nearer in proportion to neither. */
const MOST_RATIO = 8
/** Other work only ever makes a run slower: of so many rounds the fastest of each length count, fewer where they suffice. */
const MOST_ROUNDS = 15

const pieces = [
  '（',
  '）',
  '〔',
  '《',
  '》',
  '“',
  '”',
  '、',
  '，',
  '。',
  '；',
  '：',
  '…',
  '—',
  '-',
  '.',
  '%',
  ' ',
  '\u3000',
  '\t',
  '\n',
  '\r',
  '\0',
  '\uD800',
  '\u{1F600}',
  '1',
  '１',
  '一',
  '万',
  '亿',
  '〇',
  '点',
  '一点',
  '十',
  '千',
  '5%、',
  '5个',
  '5个，',
  '1,000',
  '3—5',
  '18/10万',
  '翻一番',
  '全覆盖',
  '三分之二',
  '七成',
  '到2020年',
  '到2020年，',
  '2020年',
  '年底前',
  '“十四五”期间',
  '6月底前',
  '由5%提高到',
  '比2015年',
  '自',
  '至',
  '从',
  '以',
  '达到',
  '分别达到',
  '不低于',
  '其中',
  '各',
  '每',
  '均',
  '以上',
  '增长5%，',
  '下降5%；',
  'A达到5%，',
  '新建',
  '完成',
  '建设A、',
  '实现',
  '率',
  '元',
  '市财政局、',
  '市财政局',
  '（责任单位：',
  '（责任单位：市财政局）',
  '责任单位：市财政局\n',
  '（市财政局牵头，',
  '牵头',
  '配合',
  '各有关单位',
  '逗号前为牵头单位，',
  '（A、B',
  '一、',
  '（一）',
  '（一）\n',
  '1．',
  '第一章 \n',
  '附件\n',
  '— 1 —\n',
  '关于印发的通知\n',
  '的通知',
  '川府发〔2019〕2号\n',
  '2019年1月1日\n',
  '市政府\n',
  '各县（市、区）人民政府：\n',
  '序号\t任务\t责任单位\n1\tA\t市财政局\n',
  'a\tb\tc\n',
  '序号\n',
  '乡镇\n',
  '年份\n',
  '青石镇\n12\n3\n',
  '1\n其中 湿地\n2\n',
  '指标\n',
  '1\n',
  '市财政局\n',
  '2024年6月底\n',
  '一二三四五六七八九十\n',
  '**',
  '目录\n第一章 总则\n',
  '第一章 ',
  '加快。\u3000\u3000推进\u3000\u3000',
  '关于印发方案的通知云府发〔2019〕2号各县区人民政府：',
  '市政府2019年1月1日',
  '索引号:1 ',
  '发文字号:\n',
  '（市财政局负责）（二）',
  '序号指标单位2020年2025年属性',
  '序号指标单位2020年2025年属性1占比%41.248预期性',
  '1占比%41.248预期性',
  '(%)812.5',
]

/** Processor time of one reading, in microseconds. */
function cost(text: string): number {
  const before = process.cpuUsage()
  extract(text)
  const { user, system } = process.cpuUsage(before)
  return user + system
}

const run = (piece: string, characters: number) => piece.repeat(Math.ceil(characters / piece.length))

/** How many times as long four times the run takes. */
function growth(piece: string): number {
  const short = run(piece, CHARACTERS)
  const long = run(piece, TIMES * CHARACTERS)
  let [once, fourfold] = [Infinity, Infinity]
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    // The long one first: the time of compiling what is cold falls on it, and cannot hide its growth.
    fourfold = Math.min(fourfold, cost(long))
    once = Math.min(once, cost(short))
    if (fourfold <= MOST_RATIO * once) break
  }
  return fourfold / once
}

test('what grows with the square is told from what does not', () => {
  const square = (text: string): number => {
    let same = 0
    for (const a of text) for (const b of text) if (a === b) same++
    return same
  }
  const used = (characters: number): number => {
    const text = run('一二三', characters)
    return Math.min(
      ...Array.from({ length: 5 }, () => {
        const before = process.cpuUsage()
        square(text)
        const { user, system } = process.cpuUsage(before)
        return user + system
      }),
    )
  }
  used(CHARACTERS / 8)
  expect(used((TIMES * CHARACTERS) / 8) / used(CHARACTERS / 8)).toBeGreaterThan(MOST_RATIO)
})

/** Files that took seconds once: long before the length that the pieces are run at. */
test.each<[string, (size: number) => string]>([
  ['one sentence behind the other in one line', (size) => '到2025年，建成10个。'.repeat(size)],
  [
    'sentences with and without a number in one line of 200,000 characters',
    (size) => '到2025年，加快推进各项工作落实，建成10个。'.repeat(5 * size),
  ],
  ['digits without end', (size) => '1'.repeat(40 * size)],
  ['decimals without end', (size) => '12.5'.repeat(10 * size)],
  ['words without a line break', (size) => '加快推进各项工作落实'.repeat(4 * size)],
  ['a table as wide as it is long', (size) => `指标\t${'2025年\t'.repeat(size)}\n粮食\t${'100\t'.repeat(size)}`],
  ['cards that hold no values', (size) => '指标：茶园\n'.repeat(size)],
  ['a table of tasks in one line', (size) => `序号工作任务责任单位1${'新建茶厂2家县商务局'.repeat(size)}`],
  ['a header whose rows never come', (size) => `序号指标单位2020年2025年属性1茶园占比%${'1'.repeat(10 * size)}`],
])('%s', (_, text) => {
  let [once, fourfold] = [Infinity, Infinity]
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    fourfold = Math.min(fourfold, cost(text(1600)))
    once = Math.min(once, cost(text(400)))
    if (fourfold <= MOST_RATIO * once) break
  }
  expect(fourfold / once).toBeLessThanOrEqual(MOST_RATIO)
})

test.each(pieces)('a run of %j', (piece) => {
  expect(growth(piece)).toBeLessThanOrEqual(MOST_RATIO)
})

test('runs of two and three pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 2, maxLength: 3 }), (chosen) => {
      expect(growth(chosen.join(''))).toBeLessThanOrEqual(MOST_RATIO)
    }),
    { numRuns: 300, seed: 20261121 },
  )
})
