import { describe, expect, test } from 'vitest'
import { readText } from '../../../extractors/text/read-text.ts'

const rows = (...lines: string[]): string[] =>
  readText(lines.join('\n'))
    .text.split('\n')
    .map((line) => line.replace(/\t/g, '|'))

describe('rows without a number that bodies and limits end', () => {
  test('cells of those who help are empty or have several lines', () =>
    expect(
      rows(
        ...['工作任务', '牵头单位', '配合单位', '完成时限'],
        ...['改造茶园步道26公里。', '县林业局', '县财政局、各乡镇', '2022年11月底前'],
        ...['扩建茶市3处。', '县商务局', '2022年12月底前'],
        ...['改造茶厂17家，新增茶炉140台。', '县工业和信息化局', '县发展改革局', '县财政局', '2022年10月底前'],
        '各单位要抓好落实。',
      ),
    ).toEqual([
      '工作任务|牵头单位|配合单位|完成时限',
      '改造茶园步道26公里。|县林业局|县财政局、各乡镇|2022年11月底前',
      '扩建茶市3处。|县商务局||2022年12月底前',
      '改造茶厂17家,新增茶炉140台。|县工业和信息化局|县发展改革局、县财政局|2022年10月底前',
      '各单位要抓好落实。',
    ]))

  test('a merged task stands once for several measures, titles over rows', () =>
    expect(
      rows(
        ...['重点任务', '工作举措', '责任单位', '时间节点', '一、茶园提升'],
        ...['茶道建设', '改造茶园步道26公里。', '县林业局', '11月底'],
        ...['新建凉亭7座。', '县林业局', '9月底', '二、茶市提升'],
        ...['茶市扩建', '扩建茶市3处。', '县商务局', '10月底'],
      ),
    ).toEqual([
      '重点任务|工作举措|责任单位|时间节点',
      '一、茶园提升|',
      '茶道建设|改造茶园步道26公里。|县林业局|11月底',
      '|新建凉亭7座。|县林业局|9月底',
      '二、茶市提升|',
      '茶市扩建|扩建茶市3处。|县商务局|10月底',
    ]))
})
