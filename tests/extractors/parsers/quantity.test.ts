import { describe, expect, test } from 'vitest'
import { findQuantities } from '../../../extractors/parsers/quantity.ts'

const found = (text: string) => findQuantities(text, 0, text.length).map(({ value, unit, kind }) => [value, unit, kind])

describe('findQuantities', () => {
  test.each<[string, [number | [number, number], string, string]]>([
    ['达到1,300亿元', [1300, '亿元', 'money']],
    ['新增7.5万亩', [7.5, '万亩', 'amount']],
    ['4.2万贫困群众', [4.2, '万', 'magnitude']],
    ['引进400余名专家', [400, '名', 'counter']],
    ['带宽不低于200M', [200, 'M', 'amount']],
    ['不少于64个学时', [64, '个学时', 'counter']],
    ['平板玻璃90万重量箱', [90, '万重量箱', 'counter']],
    ['每小时20蒸吨', [20, '蒸吨', 'amount']],
    ['8家A级景区', [8, '家', 'counter']],
    ['提高3个百分点', [3, '个百分点', 'points']],
    ['出生率6.5‰', [6.5, '‰', 'percent']],
    ['床位6.8张/千人', [6.8, '张/千人', 'counter']],
    ['浓度32微克/立方米', [32, '微克/立方米', 'amount']],
    ['死亡率18/10万', [18, '/10万', 'amount']],
    ['浓度32μg/m³', [32, 'μg/m³', 'amount']],
    ['能耗0.55吨标准煤/万元', [0.55, '吨标准煤/万元', 'amount']],
    ['时速120公里/小时', [120, '公里/小时', 'amount']],
    ['房价8000元/平方米', [8000, '元/平方米', 'money']],
    ['接待800万人次', [800, '万人次', 'counter']],
    ['装机90万千瓦', [90, '万千瓦', 'amount']],
    ['培育3—5家', [[3, 5], '家', 'counter']],
    ['引进3家至5家', [[3, 5], '家', 'counter']],
    ['比重5%~8%', [[5, 8], '%', 'percent']],
    ['建10至15个', [[10, 15], '个', 'counter']],
    ['建2到3个', [[2, 3], '个', 'counter']],
    ['百分之八十', [80, '%', 'percent']],
    ['千分之五', [5, '‰', 'percent']],
    ['培育民宿百家以上', [100, '家', 'counter']],
    ['认定孵化型OPC60家', [60, '家', 'counter']],
    ['攻克百项关键技术', [100, '项', 'counter']],
    ['形成百款标志产品', [100, '款', 'counter']],
    ['采购仪器2万台(套)', [2, '万台(套)', 'counter']],
    ['新增岗位千余个', [1000, '个', 'counter']],
    ['培训农民万人次', [10000, '人次', 'counter']],
    ['三分之二的村', [66.67, '%', 'percent']],
    ['半数以上', [50, '%', 'percent']],
    ['七成以上', [7, '成', 'percent']],
    ['产值翻一番', [2, '倍', 'multiple']],
    ['产值翻两番', [4, '倍', 'multiple']],
    ['增长2倍', [2, '倍', 'multiple']],
    ['实现全覆盖', [100, '%', 'percent']],
    ['实现零增长', [0, '%', 'percent']],
    ['系数达到0.62', [0.62, '', 'bare']],
  ])('%s', (text, expected) => expect(found(text)).toEqual([expected]))

  test.each([
    'G7高速',
    '5G、物联网',
    'PM2.5',
    '4A级',
    '第三方',
    '“5+1”',
    '500强',
    '12345热线',
    'S205线',
    '2.0版',
    '7号令',
    '全覆盖产业链',
    '前10位',
  ])('%s holds a name, no quantity', (text) => expect(found(text)).toEqual([]))

  test('keeps the span of the digits', () => {
    const [quantity] = findQuantities('达到95%以上', 0, 7)
    expect(quantity).toMatchObject({ valueStart: 2, valueEnd: 4, start: 2, end: 5 })
  })

  test('takes a unit for what it is, not for the beginning of a word', () => {
    expect(found('20人民币')).toEqual([[20, '人民币', 'money']])
    expect(found('3道路')).toEqual([[3, '', 'bare']])
  })
})
