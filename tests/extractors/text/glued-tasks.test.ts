import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import { readText } from '../../../extractors/text/read-text.ts'

const rowsOf = (raw: string): string[] =>
  readText(raw)
    .text.split('\n')
    .map((line) => line.replace(/\t/g, '|'))

describe('tables of tasks whose cells run together', () => {
  test('who leads, who helps, until when', () =>
    expect(
      rowsOf(
        '序号工作任务牵头单位配合单位完成时限1改造茶园步道26公里，新建凉亭7座县林业局县财政局、各乡镇人民政府2022年11月底前2扩建茶市3处县商务局县自然资源局、县水利局2022年12月底前3培训茶农4600人县人力资源和社会保障局2022年10月底前注：其他任务另行下达。',
      ),
    ).toEqual([
      '序号|工作任务|牵头单位|配合单位|完成时限',
      '1|改造茶园步道26公里,新建凉亭7座|县林业局|县财政局、各乡镇人民政府|2022年11月底前',
      '2|扩建茶市3处|县商务局|县自然资源局、县水利局|2022年12月底前',
      '3|培训茶农4600人|县人力资源和社会保障局||2022年10月底前',
      '注:其他任务另行下达。',
    ]))

  test('bodies end the rows, their people stand behind them', () =>
    expect(
      rowsOf(
        '序号重点工作主要内容责任单位责任领导1茶园提升改造茶园2.6万亩。县农业农村局李明2茶市建设扩建茶市3处。县商务局、县经济开发区管委会赵建国3茶厂改造改造茶厂17家。县工信局孙立',
      ),
    ).toEqual([
      '序号|重点工作|主要内容|责任单位|责任领导',
      '1||茶园提升改造茶园2.6万亩。|县农业农村局',
      '2||茶市建设扩建茶市3处。|县商务局、县经济开发区管委会',
      '3||茶厂改造改造茶厂17家。|县工信局',
    ]))

  test('people who stand before the bodies of several rows are no part of the task', () =>
    expect(
      rowsOf(
        '序号重点任务责任领导牵头单位配合单位完成时限1改造茶园2.6万亩赵建国县农业农村局县财政局县水利局10月底前2扩建茶市3处赵建国县商务局各乡镇12月3改造茶厂17家李立新县工信局县经济开发区管委会12月底前4培训茶农4600人李立新县人社局各乡镇人民政府、县茶科所全年',
      ).slice(1),
    ).toEqual([
      '1|改造茶园2.6万亩||县农业农村局|县财政局县水利局|10月底前',
      '2|扩建茶市3处||县商务局|各乡镇|12月',
      '3|改造茶厂17家||县工信局|县经济开发区管委会|12月底前',
      '4|培训茶农4600人||县人社局|各乡镇人民政府、县茶科所|全年',
    ]))

  test('offices that nothing parts from the task: number, words and limit; the header once more', () => {
    const header = '序号项目内容责任科室责任人完成时间'
    expect(
      rowsOf(
        `${header}1制定茶叶地方标准标准科何 平2022年12月2设立茶叶检验站2022年12月3完成27家茶厂换证工作2022年10月${header}4举办茶叶开采节会展科罗 杰2022年3月`,
      ),
    ).toEqual([
      header,
      '1|制定茶叶地方标准标准科何平|2022年12月',
      '2|设立茶叶检验站|2022年12月',
      '3|完成27家茶厂换证工作|2022年10月',
      '4|举办茶叶开采节会展科罗杰|2022年3月',
    ])
  })

  test('a number among the words of a row opens none', () =>
    expect(
      rowsOf('序号工作任务完成时限1新建茶厂2家、茶市3处2022年6月2改造茶厂3家2022年9月3评选茶王4名2022年12月').slice(1),
    ).toEqual(['1|新建茶厂2家、茶市3处|2022年6月', '2|改造茶厂3家|2022年9月', '3|评选茶王4名|2022年12月']))

  test.each([
    '序号、工作任务、责任单位和完成时限由各县填报，1个月内完成。',
    '序号工作任务责任单位完成时限1各县要填报',
    '表中序号工作任务责任单位一栏，填报1家牵头单位、2家配合单位。',
  ])('no table: %s', (sentence) => expect(rowsOf(sentence)).toHaveLength(1))
})

test('each row has its own numbers, bodies and limit', () => {
  const { targets, duties } = extract(
    '云江县人民政府关于印发2022年茶业重点任务的通知\n云政发〔2022〕3号\n各乡镇人民政府：\n云江县人民政府\n2022年3月1日\n附件\n2022年茶业重点任务分解表\n' +
      '序号工作任务责任单位完成时限1改造茶园步道26公里县林业局2022年11月底前2建成茶叶交易市场县商务局2022年9月底前3培训茶农4600人县人社局、县农业农村局2022年10月底前',
  )
  expect(
    targets.map((target) => [
      target.kind === 'quantity'
        ? `${target.indicator} ${String(target.value)}`
        : target.kind === 'milestone'
          ? target.task
          : '',
      target.deadline,
      target.responsible,
    ]),
  ).toEqual([
    ['改造茶园步道 26', '2022-11-30', ['县林业局']],
    ['建成茶叶交易市场', '2022-09-30', ['县商务局']],
    ['培训茶农 4600', '2022-10-31', ['县人社局', '县农业农村局']],
  ])
  expect(duties).toHaveLength(3)
})
