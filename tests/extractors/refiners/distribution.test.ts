import { describe, expect, test } from 'vitest'
import { splitNames, shareHead, shareTail } from '../../../extractors/refiners/list-names.ts'
import { brief, quantities } from './found.ts'

describe('分别, 均, 各', () => {
  test.each<[string, string[]]>([
    ['到2025年，失业保险、工伤保险参保率分别达到92%、95%。', ['失业保险参保率 >= 92%', '工伤保险参保率 >= 95%']],
    ['到2025年，县、乡级服务站覆盖率分别达90%、70%。', ['县级服务站覆盖率 >= 90%', '乡级服务站覆盖率 >= 70%']],
    ['到2025年，存、贷款余额分别突破800亿元和600亿元。', ['存款余额 >= 800亿元', '贷款余额 >= 600亿元']],
    ['到2025年，城乡居民收入分别增长6%和7%。', ['城镇居民收入 >= 6% growth', '农村居民收入 >= 7% growth']],
    ['到2025年，就近入学率和按时毕业率均超过96%。', ['就近入学率 >= 96%', '按时毕业率 >= 96%']],
    ['到2025年，打造电商示范街区、示范仓库各5个。', ['打造电商示范街区 >= 5个', '打造电商示范仓库 >= 5个']],
    [
      '到2025年，氮氧化物、氨氮排放总量分别比2020年下降8%以上。',
      ['氮氧化物排放总量 >= 8% reduction', '氨氮排放总量 >= 8% reduction'],
    ],
    [
      '到2025年，单位产值能耗、水耗分别较2020年下降14%、16%。',
      ['单位产值能耗 >= 14% reduction', '单位产值水耗 >= 16% reduction'],
    ],
    ['到2025年，游客人数和旅游综合收入均增长20%以上。', ['游客人数 >= 20% growth', '旅游综合收入 >= 20% growth']],
    ['到2025年，事故起数、死亡人数均下降10%。', ['事故起数 >= 10% reduction', '死亡人数 >= 10% reduction']],
    ['到2025年，绿地和水面年均增长3%。', ['绿地和水面 >= 3% growth']],
    [
      '三级医院达标占比达到80%，二级医院达到70%，到2025年两者均提高到90%。',
      ['三级医院达标占比 >= 80%', '二级医院达标占比 >= 70%', '三级医院达标占比 >= 90%', '二级医院达标占比 >= 90%'],
    ],
    ['到2025年，高血压、糖尿病管理人数分别达到5万人、2万人。', ['高血压管理人数 >= 5万人', '糖尿病管理人数 >= 2万人']],
    ['到2025年，打造3个千亿级、6个百亿级产业集群。', ['打造千亿级产业集群 >= 3个', '打造百亿级产业集群 >= 6个']],
    [
      '到2025年，建成国家级、省级、市级平台2个、6个、20个。',
      ['建成国家级平台 >= 2个', '建成省级平台 >= 6个', '建成市级平台 >= 20个'],
    ],
  ])('%s', (sentence, expected) => expect(brief(sentence)).toEqual(expected))

  test('as many times as numbers', () => {
    expect(
      quantities('到2023年和2025年，绿色建筑占比分别达到70%和100%。').map(({ value, deadline }) => [value, deadline]),
    ).toEqual([
      [70, '2023-12-31'],
      [100, '2025-12-31'],
    ])
  })
})

test('two years at the head are those of every pair, and of no names', () => {
  expect(
    quantities('到2023年和2025年，城乡居民健康素养水平分别达到30%和40%，成人吸烟率分别低于24%和20%。').map(
      ({ indicator, value, deadline }) => [indicator, value, deadline],
    ),
  ).toEqual([
    ['城乡居民健康素养水平', 30, '2023-12-31'],
    ['城乡居民健康素养水平', 40, '2025-12-31'],
    ['成人吸烟率', 24, '2023-12-31'],
    ['成人吸烟率', 20, '2025-12-31'],
  ])
})

describe('lists of names', () => {
  test.each<[string, string[]]>([
    ['路基、桥梁和隧道', ['路基', '桥梁', '隧道']],
    ['和谐社区', ['和谐社区']],
    ['普及率', ['普及率']],
    ['公园（含游园、绿道）', ['公园（含游园、绿道）']],
  ])('%s', (words, names) =>
    expect(splitNames(words.replace(/（/g, '(').replace(/）/g, ')'))).toEqual(
      names.map((name) => name.replace(/（/g, '(').replace(/）/g, ')')),
    ),
  )
  test('a complete name keeps its own tail', () =>
    expect(shareTail(['合格率', '农田面积'])).toEqual(['合格率', '农田面积']))
  test('a head is shared only by bare names', () =>
    expect(shareHead(['林业增加值', '从业人员占比', '渔业增加值'])).toEqual([
      '林业增加值',
      '林业从业人员占比',
      '渔业增加值',
    ]))
})
