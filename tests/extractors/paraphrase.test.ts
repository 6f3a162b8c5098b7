import { describe, expect, test } from 'vitest'
import { extract } from '../../extractors/extract.ts'

/**
 * The same promises said in another way that an office would use must be read as the same promises. Each change is made to a
 * whole document by itself, so that what breaks tells which rule hangs on one word or form.
 */
const DOCUMENT = [
  '云江市人民政府办公室关于印发2023年重点工作任务的通知',
  '云政办〔2023〕12号',
  '各县（市、区）人民政府，市政府各部门：',
  '现将重点工作任务印发给你们，请认真贯彻执行。',
  '云江市人民政府办公室',
  '2023年2月10日',
  '一、“十四五”发展目标',
  '到2025年，森林覆盖率达到45%，污水处理率达到95%以上，“两江四岸”岸线整治里程达到120公里，城镇登记失业率控制在4.5%以内。',
  '二、重点任务',
  '（一）完善水网。新建泵站12座，改造管网300公里。2023年6月底前完成泵站选址。（牵头单位：市水务局；责任单位：市财政局、市住房城乡建设局）',
  '（二）发展教育。力争到2024年，公办幼儿园在园幼儿占比达到55%左右。2023年年底前出台学前教育实施方案。（牵头单位：市教育局；配合单位：市发展改革委、市人力资源社会保障局）',
  '（三）培育企业。培育规模以上工业企业30家，工业投资增长12%以上。（责任单位：市工业和信息化局、市商务局）',
].join('\n')

/** What was read, without the words that a change may touch: what, how much, by when and by whom. */
const findings = (text: string): string[] => {
  const { targets, duties } = extract(text)
  const units = ({ lead, responsible, support }: { lead: string[]; responsible: string[]; support: string[] }) =>
    [lead, responsible, support].map((names) => names.join(' ')).join(' | ')
  return [
    ...targets.map((found) =>
      found.kind === 'quantity'
        ? [
            found.indicator.replace(/[“”]/g, ''),
            found.op,
            found.value,
            found.unit,
            found.measure,
            found.deadline,
            units(found),
          ].join(' ')
        : ['milestone', found.deadline, units(found)].join(' '),
    ),
    ...duties.map((duty) => `duty ${units(duty)}`),
  ]
}

const plain = findings(DOCUMENT)

test('the document holds what the changes are made to', () => {
  expect(plain.filter((line) => line.startsWith('duty'))).toHaveLength(3)
  expect(plain.filter((line) => line.startsWith('milestone'))).toHaveLength(2)
  expect(plain).toHaveLength(3 + 2 + 9)
})

type Change = [name: string, pattern: RegExp, words: string]

describe.each<[kind: string, changes: Change[]]>([
  [
    'verbs and tails',
    [
      ['达', /达到(?=\d)/g, '达'],
      ['升至', /达到(?=\d)/g, '升至'],
      ['提高到', /达到(?=\d)/g, '提高到'],
      ['力争达到', /达到(?=\d)/g, '力争达到'],
      ['及以上', /%以上/g, '%及以上'],
      ['不超过', /控制在4.5%以内/g, '不超过4.5%'],
      ['约', /55%左右/g, '约55%'],
    ],
  ],
  [
    'signs',
    [
      ['straight quotes', /[“”]/g, '"'],
      ['corner quotes', /“([^”]*)”/g, '「$1」'],
      ['half-width marks', /，/g, ','],
      ['百分之', /(\d+(?:\.\d+)?)%/g, '百分之$1'],
      ['百分之四十五', /45%/g, '百分之四十五'],
      ['a blank before the unit', /(\d)(?=[%座家公])/g, '$1 '],
      ['a blank on both sides of a number', /(\d+(?:\.\d+)?)(?=[%座家])/g, ' $1 '],
    ],
  ],
  [
    'times',
    [
      ['到2025年底', /到2025年，/g, '到2025年底，'],
      ['2025年年底前', /到2025年，/g, '2025年年底前，'],
      ['截至2025年底', /到2025年，/g, '截至2025年底，'],
      ['the end of the plan', /到2025年，/g, '到“十四五”末，'],
      ['6月30日前', /6月底前/g, '6月30日前'],
      ['6月内', /6月底前/g, '6月内'],
      ['上半年', /2023年6月底前/g, '上半年'],
      ['12月底前', /2023年年底前/g, '2023年12月底前'],
      ['于', /2023年6月底前/g, '于2023年6月底前'],
    ],
  ],
  [
    'numbers of headings',
    [
      ['a point', /^([一二])、/gm, '$1．'],
      ['parts', /^([一二])、/gm, '第$1部分 '],
      ['half-width brackets', /^（([一二三])）/gm, '($1)'],
      ['Arabic numbers', /^（一）/gm, '1. '],
    ],
  ],
  [
    'tags',
    [
      ['square brackets', /（((?:牵头|责任)单位[^）]*)）/g, '〔$1〕'],
      ['部门', /(牵头|责任|配合)单位：/g, '$1部门：'],
      ['other labels', /牵头单位：/g, '牵头责任单位：'],
      ['a level before the label', /(牵头|责任|配合)单位：/g, '市级$1单位：'],
      ['labels in brackets', /(牵头|责任|配合)单位：/g, '【$1单位】'],
      ['a blank for the colon', /(牵头|责任|配合)单位：/g, '$1单位 '],
      ['a comma between the roles', /；(?=(?:责任|配合)单位)/g, '，'],
      ['a blank between names', /、(?=市(?!、))/g, ' '],
      ['与', /市住房城乡建设局/g, '市住房城乡建设局等部门'],
      ['verbs', /（牵头单位：市水务局；责任单位：([^）]*)）/g, '（市水务局牵头，$1按职责分工负责）'],
      ['acts in a row', /（责任单位：(市工[^）]*)）/g, '（$1分工负责抓好落实）'],
      ['lines of their own', /（((?:牵头|责任)单位[^）]*)）/g, '\n$1'],
      ['a line of names and verbs', /（责任单位：(市工[^）]*)）/g, '\n$1按职责分工负责'],
    ],
  ],
])('%s', (_, changes) => {
  test.each(changes)('%s', (_, pattern, words) => {
    const changed = DOCUMENT.replace(pattern, words)
    expect(changed).not.toBe(DOCUMENT)
    expect(findings(changed)).toEqual(plain)
  })
})
