import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { DEPARTMENTS } from '../../extractors/lexicon/departments.ts'
import { compareBodies, groupKey, type Home, type NameRelation, readBody } from '../../server/rules/unit-names.ts'

const HOME: Home = { place: '霁川', level: '市' }

function relation(written: string, known: string, home: Home | null = HOME): NameRelation | null {
  const [a, b] = [readBody(written), readBody(known)]
  return a && b && compareBodies(a, b, home)
}

describe('two names of bodies', () => {
  test.each([
    ['市发改委', '霁川市发展和改革委员会'],
    ['市发展改革委', '霁川市发展和改革委员会'],
    ['市发展和改革委员会', '霁川市发展和改革委员会'],
    ['霁川市发改委', '市发展改革委'],
    ['市市场监管局', '霁川市市场监督管理局'],
    ['市 教育局（市委教育工委）', '霁川市教育局'],
    ['市人社局', '市人力资源和社会保障局'],
    ['市国资委', '市国有资产监督管理委员会'],
    ['市自然资源局', '霁川市自然资源和规划局'],
    ['霁川市望川区教育局', '望川区教育局'],
    ['市政府办公室', '霁川市人民政府办公室'],
    ['望川区', '望川区人民政府'],
    ['市政府', '霁川市人民政府'],
    ['市委编办', '中国共产党霁川市委员会机构编制委员会办公室'],
    ['中共霁川市委宣传部', '市委宣传部'],
    ['市残联', '霁川市残疾人联合会'],
    ['市税务局', '国家税务总局霁川市税务局'],
    ['霁川经开区管委会', '霁川经济技术开发区管理委员会'],
    ['市机关事务局', '霁川市机关事务管理局'],
    ['发改委', '发展改革委'],
    ['市政府外办', '市外事办公室'],
  ])('%s is %s', (written, known) => {
    expect(relation(written, known)).toBe('same')
    expect(relation(known, written)).toBe('same')
  })

  // A letter of a level may stand in the name of a place.
  test.each([
    ['沅州市教育局', { place: '沅州', level: '市' }],
    ['沅州市人民政府', { place: '沅州', level: '市' }],
    ['沅州市委组织部', { place: '沅州', level: '市' }],
    ['中共沅州市委员会', { place: '沅州', level: '市' }],
    ['沅州市市场监管局', { place: '沅州', level: '市' }],
    ['沅州市乡村振兴局', { place: '沅州', level: '市' }],
    ['沅州市澄城区教育局', { place: '澄城', level: '区' }],
    ['古德镇市财政局', { place: '古德镇', level: '市' }],
    ['青乡市人民政府', { place: '青乡', level: '市' }],
    ['乌州省教育厅', { place: '乌州', level: '省' }],
    ['石市区水利局', { place: '石市', level: '区' }],
    ['镇澜市人民政府', { place: '镇澜', level: '市' }],
    ['市南区人民政府', { place: '市南', level: '区' }],
    ['霁川市望川区人民政府', { place: '望川', level: '区' }],
    ['市委组织部', { place: '', level: '市' }],
    ['市市场监管局', { place: '', level: '市' }],
    ['区乡村振兴局', { place: '', level: '区' }],
    ['州市场监管局', { place: '', level: '州' }],
    ['金沙州水务局', { place: '金沙', level: '州' }],
  ])('%s is of %j', (name, home) => expect(readBody(name)).toMatchObject(home))

  test.each([
    ['沅州市教育局', '石州市教育局'],
    ['沅州市教育局', '石鹭市教育局'],
  ])('%s is not %s of another city', (a, b) => expect(relation(a, b)).toBe('different'))

  test.each([
    ['市经济信息委', '市工业和信息化局'],
    ['市经信局', '市工业和信息化局'],
    ['市知识产权局', '市市场监督管理局'],
    ['市大数据局', '市数据局'],
    ['市金融办', '市地方金融管理局'],
    ['市城市管理综合执法局', '市城市管理局'],
    ['市教委', '市教育局'],
  ])('%s may be %s, which has its work', (written, known) => expect(relation(written, known)).toBe('likely'))

  test.each([
    ['市卫计委', '霁川市卫生健康委员会'],
    ['市安监局', '市应急管理局'],
    ['市环保局', '霁川市生态环境局'],
    ['市法制办', '市司法局'],
    ['市质监局', '市市场监管局'],
    ['市国土资源局', '霁川市自然资源和规划局'],
    ['市旅发委', '市文化广电和旅游局'],
    ['市扶贫办', '市乡村振兴局'],
    ['市扶贫办', '市农业农村局'],
    ['省食品药品监督管理局', '省市场监管局'],
  ])('%s became %s', (written, known) => {
    expect(relation(written, known)).toBe('became')
    expect(relation(known, written)).toBe('likely')
  })

  test.each([
    ['市农业委', '市农业局'],
    ['发改委', '市发展改革委'],
    ['市林业局', '石鹭市林业局'],
    ['市政府', '石鹭市人民政府'],
  ])('%s may be %s, a person must say', (written, known) => expect(relation(written, known)).toBe('likely'))

  test.each([
    ['省教育厅', '市教育局'],
    ['市教育局', '望川区教育局'],
    ['县教育局', '市教育局'],
    ['石鹭市教育局', '霁川市教育局'],
    ['石鹭市教育局', '市教育局'],
    ['市教育局', '市体育局'],
    ['市公路局', '市交通运输局'],
    ['市疾控中心', '市卫生健康委'],
    ['教育部', '市教育局'],
    ['国家发展改革委', '市发展改革委'],
    ['自治区教育厅', '市教育局'],
    ['市民族事务委', '市民族宗教事务委'],
  ])('%s is not %s', (written, known) => expect(relation(written, known)).toBe('different'))

  it('takes a name without its place for that of the own government only where that is known', () => {
    expect(relation('市教育局', '霁川市教育局', null)).toBe('likely')
    expect(relation('市教育局', '市教育局', null)).toBe('same')
    expect(relation('霁川市教育局', '霁川市教育局', null)).toBe('same')
  })

  test.each(['各县市区政府', '有关部门', '市直各单位', '省市有关部门', '甲', '牵头', ''])(
    '%s names no one body',
    (name) => expect(readBody(name)).toBeNull(),
  )
})

describe('names of groups', () => {
  const keys = (names: string[]) => new Set(names.map(groupKey))
  test.each([
    [['各县市区政府', '各县（市、区）人民政府', '各县区', '各区县政府', '各市、县、区政府', '各县(市、区)']],
    [['各市（州）人民政府', '各市州政府', '各州、市']],
    [['有关县（市、区）政府', '相关县市区人民政府', '各有关县（市、区）政府']],
    [['市直有关部门', '市级相关部门', '市有关部门', '各相关市直部门']],
    [['有关部门', '各有关部门', '相关部门', '各部门']],
    [['各乡镇（街道）', '各乡镇人民政府', '各镇街', '各乡镇人民政府（街道办事处）']],
  ])('%j have one key', (names) => expect([...keys(names)]).toEqual([expect.any(String)]))
  it('keeps those apart that mean others', () => {
    expect(
      keys([
        '各县市区政府',
        '有关县市区政府',
        '各区政府',
        '各市州政府',
        '各乡镇政府',
        '有关部门',
        '市直有关部门',
        '省直有关部门',
        '有关单位',
        '有关部门和单位',
        '沿线县市区政府',
      ]).size,
    ).toBe(11)
  })
  test.each(['各县（市、区）教育局', '市教育局', '各开发区管委会', '各级党委政府'])('%s has none', (name) =>
    expect(groupKey(name)).toBeNull(),
  )
})

describe('properties', () => {
  const names = fc
    .tuple(
      fc.constantFrom('', '霁川', '石鹭', '望川', '沅州', '青乡', '古德镇', '石市', '大理白族自治', '内蒙古自治'),
      fc.constantFrom('省', '市', '县', '区', '州', '旗'),
      fc.constantFrom(...DEPARTMENTS.flatMap((d) => d.names)),
      fc.constantFrom('局', '委', '委员会', '办公室', '办', '厅', '中心'),
    )
    .map(([place, level, field, ending]) => ({
      text: `${place}${level}${field}${ending}`,
      level: place.endsWith('自治') ? `自治${level}` : level,
    }))

  it('reads every department at its level, and never crosses one', () => {
    fc.assert(
      fc.property(names, names, fc.constantFrom(HOME, null), (a, b, home) => {
        expect(readBody(a.text)?.level).toBe(a.level)
        if (a.level !== b.level) expect(relation(a.text, b.text, home)).toBe('different')
        expect(relation(a.text, a.text, home)).toBe('same')
        expect(relation(a.text, b.text, home) === 'same').toBe(relation(b.text, a.text, home) === 'same')
      }),
      { numRuns: 2000 },
    )
  })
  it('takes any words', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.string({ unit: fc.constantFrom(...'省市县区州各委局办（）、政府自治'), maxLength: 30 }),
        (a, b) => {
          for (const name of [a, b]) void (groupKey(name) ?? readBody(name))
        },
      ),
    )
  })
})

describe('the list of departments', () => {
  it('gives every name one department, and every successor is one', () => {
    const all = DEPARTMENTS.flatMap((d) => d.names)
    expect(all.filter((name, i) => all.indexOf(name) !== i)).toEqual([])
    const firsts = new Set(DEPARTMENTS.map((d) => d.names[0]))
    expect(DEPARTMENTS.filter((d) => d.became !== undefined && !firsts.has(d.became))).toEqual([])
  })
})
