import { describe, expect, test } from 'vitest'
import { quantities } from './found.ts'

const one = (sentence: string) => quantities(sentence)[0]

describe('measure', () => {
  test.each([
    ['到2025年，港口吞吐量达到600万吨。', 'level'],
    ['到2025年，工业增加值年均增长8%以上。', 'growth'],
    ['到2025年，出口额增速保持年均9%以上。', 'growth'],
    ['到2025年，单位产值能耗下降13%。', 'reduction'],
    ['到2025年，降低企业用能成本2亿元。', 'reduction'],
    ['到2025年，旅游收入翻一番。', 'multiple'],
    ['到2025年，研发经费投入增长2倍。', 'multiple'],
    ['到2025年，新增停车位6000个。', 'level'],
    ['到2025年，清洁能源占比提高5个百分点。', 'growth'],
    ['到2025年，清洁能源占比提高到50%。', 'level'],
    ['到2025年，人口自然增长率控制在6‰以内。', 'level'],
    ['到2025年，农药使用量实现零增长。', 'growth'],
    ['到2025年，增加600个停车位。', 'level'],
    ['到2025年，完善提升12个便民服务站。', 'level'],
    ['到2025年，山羊存栏量增加3万头。', 'growth'],
    ['2025年，消费价格上涨幅度3%左右。', 'growth'],
  ])('%s', (sentence, measure) => expect(one(sentence)?.measure).toBe(measure))

  test('what is striven for beyond is measured as what is promised', () =>
    expect(quantities('2021年工业增加值增长8%左右，力争10%。').map(({ value, measure }) => [value, measure])).toEqual([
      [8, 'growth'],
      [10, 'growth'],
    ]))
})

describe('operator', () => {
  test.each([
    ['到2025年，达标率不低于90%。', '>='],
    ['到2025年，排放浓度控制在30微克/立方米以下。', '<='],
    ['2021年用水增量控制目标为30万立方米。', '<='],
    ['到2025年，在校生规模稳定在5万人。', '~'],
    ['到2025年，在校生规模稳定在5万人以上。', '>='],
    ['到2025年，比重降至40%左右。', '~'],
    ['到2025年，失业率降低到4%。', '<='],
    ['到2025年，扶持3—5家龙头企业。', 'range'],
    ['到2025年，达标率≥90%。', '>='],
    ['到2025年，绿地率不宜低于30%。', '>='],
    ['到2025年，死亡人数不宜超过20人。', '<='],
    ['到2025年，大班额比例降低为2%。', '<='],
    ['到2025年，油菜播种面积稳定80万亩。', '~'],
    ['到2025年，油菜播种面积保持80万亩。', '~'],
    ['到2025年，森林覆盖率保持70%。', '>='],
    ['到2025年，培育企业10家。', '>='],
  ])('%s', (sentence, op) => expect(one(sentence)?.op).toBe(op))
})

describe('per year', () => {
  test.each([
    ['到2025年，每年培训教师600名。', 'year'],
    ['到2025年，产值年均增长8%。', 'year'],
    ['到2025年，耗水量比2020年下降8%。', null],
  ])('%s', (sentence, per) => expect(one(sentence)?.per).toBe(per))
})

describe('baseline', () => {
  test('from the old value to the new', () => {
    expect(
      quantities('到2025年，生活垃圾回收率由2020年的30%提高到45%。').map(({ value, baseline }) => [value, baseline]),
    ).toEqual([[45, { value: 30, unit: '%', period: '2020年' }]])
  })
  test('an arrow leads from the old value to the new', () =>
    expect(
      quantities('到2025年，乡村广播覆盖率：93%→95%。').map(({ value, baseline }) => [value, baseline?.value]),
    ).toEqual([[95, 93]]))
  test('a part with a subject of its own is compared with nothing', () =>
    expect(
      quantities('到2025年，化肥使用量较2020年减少5%，设施配套率达到98%。').map(
        ({ baseline }) => baseline?.period ?? null,
      ),
    ).toEqual(['2020年', null]))
  test.each([
    '供水普及率、水质达标率分别由2020年的91%和88%提高到97%、95%。',
    '供水普及率、水质达标率由2020年的91%和88%分别提高到97%和95%。',
  ])('as many old values as new ones: %s', (sentence) => {
    expect(quantities(sentence).map(({ indicator, value, baseline }) => [indicator, value, baseline])).toEqual([
      ['供水普及率', 97, { value: 91, unit: '%', period: '2020年' }],
      ['水质达标率', 95, { value: 88, unit: '%', period: '2020年' }],
    ])
  })
  test.each<[string, unknown]>([
    ['目前，供水率为81%，到2025年达到94%。', ['供水率', 94, '2025-12-31', { value: 81, unit: '%', period: '目前' }]],
    ['目前污水处理率为81%，力争提高到94%。', ['污水处理率', 94, null, { value: 81, unit: '%', period: '目前' }]],
    ['现有床位1.3万张，到2025年达到1.6万张。', ['床位', 1.6, '2025-12-31', { value: 1.3, unit: '万张', period: null }]],
    ['到2025年，营商指数由112提升到125。', ['营商指数', 125, '2025-12-31', { value: 112, unit: '', period: null }]],
  ])('how things stand is the old value: %s', (sentence, expected) =>
    expect(
      quantities(sentence).map(({ indicator, value, deadline, baseline }) => [indicator, value, deadline, baseline]),
    ).toEqual([expected]),
  )
  test('one old value, two years', () =>
    expect(
      quantities('设备联网率由目前的21%提升至2023年的40%和2025年的60%。').map(({ indicator, value, deadline }) => [
        indicator,
        value,
        deadline,
      ]),
    ).toEqual([
      ['设备联网率', 40, '2023-12-31'],
      ['设备联网率', 60, '2025-12-31'],
    ]))
  test('a year ahead beside the new value is its limit', () => {
    expect(
      quantities('示范社从2020年的12家增加到2024年的30家。').map(({ value, deadline, baseline }) => [
        value,
        deadline,
        baseline?.period,
      ]),
    ).toEqual([[30, '2024-12-31', '2020年']])
    expect(quantities('到2025年，客流恢复到2019年的95%。').map(({ deadline }) => deadline)).toEqual(['2025-12-31'])
  })
  test('the next item of a list starts anew', () => {
    expect(
      quantities('到2025年，甲类泊位联网率从45%提高到80%，乙类终端安装率达到90%。').map(
        ({ indicator, value, baseline }) => [indicator, value, baseline?.value ?? null],
      ),
    ).toEqual([
      ['甲类泊位联网率', 80, 45],
      ['乙类终端安装率', 90, null],
    ])
  })
  test('a period alone', () => {
    const [target] = quantities('到2025年，碳排放强度比2020年下降18%。')
    expect(target).toMatchObject({
      indicator: '碳排放强度',
      deadline: '2025-12-31',
      baseline: { value: null, unit: null, period: '2020年' },
    })
  })
  test('翻一番 is no old value of what follows', () => {
    expect(
      quantities('到2025年，高新企业数量翻一番，达到200家。').map(({ value, baseline }) => [value, baseline]),
    ).toEqual([
      [2, null],
      [200, null],
    ])
  })
})

test('several actors before the verb answer together', () => {
  const [found] = quantities('市交通运输局、市公安局交警支队要逐车检查，校车检验合格率达到100%。')
  expect(found?.responsible).toEqual(['市交通运输局', '市公安局交警支队'])
  const [one] = quantities('养老、托育服务要提质，床位达到900张。')
  expect(one?.responsible).toEqual([])
})
