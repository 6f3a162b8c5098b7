import { describe, expect, test } from 'vitest'
import { readText } from '../../../extractors/text/read-text.ts'

/** Rows of the tables in a text, cells parted by |, and the lines around them. */
const rowsOf = (raw: string): string[] =>
  readText(raw)
    .text.split('\n')
    .map((line) => line.replace(/\t/g, '|'))

describe('tables whose cells run together', () => {
  test('number, name, unit, base, goal and nature, with titles of groups', () => {
    expect(
      rowsOf(
        '专栏1　云川市“十四五”主要指标序号指　标　名　称单位2020年2025年指标属性一、产业兴旺1茶园面积占比％41.248预期性2水产品产量万吨158180预期性二、生态宜居3月收入3万元以上的户数占比％2150预期性4灌溉水利用系数—0.530.6约束性注：按2020年价格。',
      ),
    ).toEqual([
      '专栏1云川市“十四五”主要指标',
      '序号|指标名称|单位|2020年|2025年|指标属性',
      '一、产业兴旺|',
      '1|茶园面积占比|%|41.2|48|预期性',
      '2|水产品产量|万吨|158|180|预期性',
      '二、生态宜居|',
      '3|月收入3万元以上的户数占比|%|21|50|预期性',
      '4|灌溉水利用系数|—|0.53|0.6|约束性',
      '注:按2020年价格。',
    ])
  })

  test('no nature: the running numbers part the rows, a part of a row has none', () => {
    expect(
      rowsOf(
        '专栏2：主要污染物指标序号指　  标2010年2015年2015年比2010年增长1颗粒物排放量（万吨）812.5747.5-8%2断面水质劣于Ⅴ类的比例（%）17.7<15-2.7个百分点湖泊水质好于Ⅲ类的比例（%）55>605个百分点3县城空气达标的比例（%）72≥808个百分点 ',
      ),
    ).toEqual([
      '专栏2:主要污染物指标',
      '序号|指标|2010年|2015年|2015年比2010年增长',
      '1|颗粒物排放量(万吨)|812.5|747.5|-8%',
      '2|断面水质劣于Ⅴ类的比例(%)|17.7|<15|-2.7个百分点',
      '|湖泊水质好于Ⅲ类的比例(%)|55|>60|5个百分点',
      '3|县城空气达标的比例(%)|72|≥80|8个百分点',
    ])
  })

  test('a row a line, and several tables in one line', () => {
    const table = '序号指标单位2020年2025年属性'
    expect(rowsOf(`${table}\n1托位数个23003100预期性\n2床位数张780960预期性\n各地要完成上述指标。`)).toEqual([
      '序号|指标|单位|2020年|2025年|属性',
      '1|托位数|个|2300|3100|预期性',
      '2|床位数|张|780|960|预期性',
      '各地要完成上述指标。',
    ])
    expect(rowsOf(`指标如下。${table}1托位数个23003100预期性 其他指标如下。${table}1床位数张780960预期性`)).toEqual([
      '指标如下。',
      '序号|指标|单位|2020年|2025年|属性',
      '1|托位数|个|2300|3100|预期性',
      '其他指标如下。',
      '序号|指标|单位|2020年|2025年|属性',
      '1|床位数|张|780|960|预期性',
    ])
  })

  test.each(['完善指标、单位和2025年目标的考核办法，2020年完成3项。', '项目名称单位和备注由各地填写。'])(
    'no table: %s',
    (sentence) => expect(rowsOf(sentence)).toHaveLength(1),
  )
})
