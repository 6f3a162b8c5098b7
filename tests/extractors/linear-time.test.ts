import fc from 'fast-check'
import { expect, test } from 'vitest'
import { extract } from '../../extractors/extract.ts'

/**
 * A file that says one thing over and over must take no longer than any other of its length. What grows with the square
 * of a run takes tens of seconds at this length, what is linear some hundredths.
 */
const CHARACTERS = 16_000
const MOST_MS = 1_500

const pieces = [
  '（', '）', '〔', '《', '》', '“', '”', '、', '，', '。', '；', '：', '…', '—', '-', '.', '%', ' ', '\u3000', '\t', '\n', '\r', '\0', '\uD800', '\u{1F600}',
  '1', '１', '一', '万', '亿', '〇', '点', '一点', '十', '千', '5%、', '5个', '5个，', '1,000', '3—5', '18/10万', '翻一番', '全覆盖', '三分之二', '七成',
  '到2020年', '到2020年，', '2020年', '年底前', '“十四五”期间', '6月底前', '由5%提高到', '比2015年', '自', '至', '从', '以',
  '达到', '分别达到', '不低于', '其中', '各', '每', '均', '以上', '增长5%，', '下降5%；', 'A达到5%，', '新建', '完成', '建设A、', '实现', '率', '元',
  '市财政局、', '市财政局', '（责任单位：', '（责任单位：市财政局）', '责任单位：市财政局\n', '（市财政局牵头，', '牵头', '配合', '各有关单位', '逗号前为牵头单位，', '（A、B',
  '一、', '（一）', '（一）\n', '1．', '第一章 \n', '附件\n', '— 1 —\n', '关于印发的通知\n', '的通知', '川府发〔2019〕2号\n', '2019年1月1日\n', '市政府\n', '各县（市、区）人民政府：\n',
  '序号\t任务\t责任单位\n1\tA\t市财政局\n', 'a\tb\tc\n', '序号\n', '指标\n', '1\n', '市财政局\n', '2024年6月底\n', '一二三四五六七八九十\n', '**',
]

function processorMs(text: string): number {
  const before = process.cpuUsage()
  extract(text)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const run = (piece: string) => piece.repeat(Math.ceil(CHARACTERS / piece.length))

test.each(pieces)('a run of %j', (piece) => {
  expect(processorMs(run(piece))).toBeLessThan(MOST_MS)
})

test('runs of two and three pieces', { timeout: 120_000 }, () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 2, maxLength: 3 }), (chosen) => {
    expect(processorMs(run(chosen.join('')))).toBeLessThan(MOST_MS)
  }), { numRuns: 300, seed: 20261121 })
})
