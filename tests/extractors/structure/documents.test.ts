import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import type { FoundDocument } from '../../../extractors/types.ts'

const documents = (raw: string): FoundDocument[] => extract(raw).documents
const BODY =
  '一、总体要求\n全面贯彻落实上级部署，统筹推进各项工作，确保取得实效。\n二、主要任务\n（一）加快建设。完成年度任务。\n'

describe('heads', () => {
  test.each([
    [
      'title, number, addressees',
      '云川市人民政府\n关于加快装配式建设的实施意见\n云府发〔2019〕2 号\n各县（市、区）人民政府，市级各部门：\n',
      '云府发〔2019〕2号',
      '云川市人民政府关于加快装配式建设的实施意见',
      '云川市人民政府',
    ],
    [
      'a title broken over lines',
      '国务院办公厅关于促进和规范\n健康数据应用发展的指导意见\n\n国办发〔２０１６〕４７号\n各省、自治区、直辖市人民政府：\n',
      '国办发〔2016〕47号',
      '国务院办公厅关于促进和规范健康数据应用发展的指导意见',
      '国务院办公厅',
    ],
    [
      'red head: the number above the title',
      '云川市人民政府文件\n云府发〔2015〕12号\n云川市人民政府关于印发云川市节能规划的通知\n各县（市、区）人民政府：\n',
      '云府发〔2015〕12号',
      '云川市人民政府关于印发云川市节能规划的通知',
      '云川市人民政府',
    ],
    [
      'Markdown over two headings',
      '# 云川省人民政府\n\n## 关于进一步加快家政业发展的意见\n\n云府发[2016]55号\n\n各市(州)人民政府:\n',
      '云府发〔2016〕55号',
      '云川省人民政府关于进一步加快家政业发展的意见',
      '云川省人民政府',
    ],
    [
      'number in brackets',
      '云川市人民政府办公室关于分解落实工作目标的通知\n(云政办发〔2010〕10号)\n各区人民政府:\n',
      '云政办发〔2010〕10号',
      '云川市人民政府办公室关于分解落实工作目标的通知',
      '云川市人民政府办公室',
    ],
    [
      'two issuers',
      '中共云川市委办公室   云川市人民政府办公室\n关于印发《云川市改革方案》的通知\n各县（市、区）党委和人民政府：\n',
      null,
      '中共云川市委办公室云川市人民政府办公室关于印发《云川市改革方案》的通知',
      '中共云川市委办公室、云川市人民政府办公室',
    ],
    [
      'two issuers in the signature only',
      '关于印发《云川市教育规划》的通知\n云教发〔2021〕15号\n各区教育局：\n现印发给你们。\n云川市教育局 云川市财政局\n2021年12月1日\n',
      '云教发〔2021〕15号',
      '关于印发《云川市教育规划》的通知',
      '云川市教育局、云川市财政局',
    ],
    [
      'the two highest bodies',
      '中共中央 国务院\n关于加快水利建设的意见\n各省、自治区、直辖市党委和人民政府：\n',
      null,
      '中共中央国务院关于加快水利建设的意见',
      '中共中央、国务院',
    ],
    [
      'a red head above a title that names no issuer',
      '云溪乡人民政府文件\n云溪政发〔2013〕5号\n关于印发云溪乡2013年工作要点的通知\n各村民委员会：\n',
      '云溪政发〔2013〕5号',
      '关于印发云溪乡2013年工作要点的通知',
      '云溪乡人民政府',
    ],
    [
      'a joint notice, its ministries side by side in the signature',
      '关于促进乡村产业发展的指导意见\n农政发〔2018〕7号\n各省、自治区、直辖市人民政府：\n现提出以下意见。\n国家发展改革委　工业和信息化部　财政部\n2018年4月16日\n',
      '农政发〔2018〕7号',
      '关于促进乡村产业发展的指导意见',
      '国家发展改革委、工业和信息化部、财政部',
    ],
    [
      'a joint notice, its ministries one below the other',
      '关于促进乡村产业发展的指导意见\n农政发〔2018〕7号\n各省、自治区、直辖市人民政府：\n现提出以下意见。\n国家发展改革委\n文化和旅游部\n2018年4月16日\n',
      '农政发〔2018〕7号',
      '关于促进乡村产业发展的指导意见',
      '国家发展改革委、文化和旅游部',
    ],
    [
      'only the first of several issuers, in the title',
      '云川省农业农村厅等五部门关于促进乡村产业发展的指导意见\n云农发〔2018〕7号\n各市人民政府：\n',
      '云农发〔2018〕7号',
      '云川省农业农村厅等五部门关于促进乡村产业发展的指导意见',
      '云川省农业农村厅等五部门',
    ],
    [
      'minutes, whose number names no issuer',
      '云川市人民政府\n市长办公会议纪要\n〔2021〕14号\n5月11日，市长主持召开市长办公会议。\n',
      '〔2021〕14号',
      '云川市人民政府市长办公会议纪要',
      '云川市人民政府',
    ],
    [
      'a wrapped title, its last line full, above the addressees',
      '云川市安全生产委员会文件\n\n云安委〔2024〕5号\n\n云川市安全生产委员会关于印发《云川市安全\n生产治本攻坚三年行动实施方案（2024—2026年）》的通知\n\n各区县（自治县）安全生产委员会，市安委会各成员单位，有关单位：\n《云川市安全生产治本攻坚三年行动实施方案（2024—2026\n年）》已经市委、市政府同意，现印发给你们，请认真抓好贯彻落实。\n\n云川市安全生产委员会\n2024年3月28日\n\n云川市安全生产治本攻坚三年行动实施方案（2024—2026年）\n\n',
      '云安委〔2024〕5号',
      '云川市安全生产委员会关于印发《云川市安全生产治本攻坚三年行动实施方案（2024—2026年）》的通知',
      '云川市安全生产委员会',
    ],
    [
      'a letterspaced issuer',
      '国　务　院\n关于全面加强基础研究的若干意见\n国发〔２０１８〕４号\n各省、自治区、直辖市人民政府：\n',
      '国发〔2018〕4号',
      '国务院关于全面加强基础研究的若干意见',
      '国务院',
    ],
    [
      'no number and no addressees',
      '云川市国民经济和社会发展第十二个五年规划纲要\n',
      null,
      '云川市国民经济和社会发展第十二个五年规划纲要',
      null,
    ],
  ])('%s', (_, head, number, title, issuer) => {
    expect(documents(head + BODY).map((found) => [found.number, found.title, found.issuer])).toEqual([
      [number, title, issuer],
    ])
  })

  test.each([
    ['2019年2月14日', '2019-02-14'],
    ['２０１６年６月２１日', '2016-06-21'],
    ['二○一二年十二月三十一日', '2012-12-31'],
    ['二〇二〇年五月二十日', '2020-05-20'],
  ])('date of issue %s', (date, issuedOn) => {
    expect(
      documents(
        `云川市人民政府\n关于发展农业的意见\n云府发〔2012〕5号\n各县市区人民政府：\n${BODY}云川市人民政府\n${date}\n`,
      )[0]?.issuedOn,
    ).toBe(issuedOn)
  })
})

test('the date of a report is the day on which it was given', () => {
  expect(
    documents(
      `政府工作报告\n——2019年1月15日在云川市第六届人民代表大会第四次会议上\n云川市市长 周××\n\n各位代表：\n${BODY}`,
    )[0]?.issuedOn,
  ).toBe('2019-01-15')
})

test('minutes that state no date are of the day of the meeting', () => {
  expect(
    documents(
      `云川市人民政府常务会议纪要\n（第14期）\n2021年5月11日，市长主持召开第80次常务会议。会议议定事项如下：\n${BODY}`,
    )[0]?.issuedOn,
  ).toBe('2021-05-11')
})

test.each<[string, string, (string | null)[]]>([
  [
    'a form that calls the document and who gave it',
    '标题：政府工作报告——在县九届人大一次会议上\n发文单位：云川县人民政府\n发文时间：2013-03-09\n报告人：云川县县长 周某\n正文：\n会议听取了报告。2013年要新建公路30公里。',
    ['政府工作报告——在县九届人大一次会议上', '云川县人民政府', '2013-03-09'],
  ],
  [
    'a page that says below a draft who put it up',
    '云川区大数据社区建设方案（征求意见稿）\n为推进社区建设，制定本方案。\n一、总体目标\n建成社区8个。\n云川区科技和投资促进中心2026年3月13日发布，意见反馈截止2026年3月16日。',
    ['云川区大数据社区建设方案（征求意见稿）', '云川区科技和投资促进中心', '2026-03-13'],
  ],
  [
    'a body whose name holds that of a plan',
    '云川市满山红行动计划工作专班办公室关于印发《工作方案》的通知\n云满山红专班办〔2026〕2号\n各区县：\n请认真落实。',
    ['云川市满山红行动计划工作专班办公室关于印发《工作方案》的通知', '云川市满山红行动计划工作专班办公室', null],
  ],
])('%s', (_, text, head) => {
  expect(documents(text).map(({ title, issuer, issuedOn }) => [title, issuer, issuedOn])).toEqual([head])
})

test('a signature that is broken over two lines is the body in red above the title', () => {
  const [found] = documents(
    '中共云川市委河湖治理领导小组办公室文件\n云川河湖办〔2022〕6号\n关于开展清淤工作的通知\n各县（市、区）：\n请认真组织实施。\n中共云川市委河湖治理\n领导小组办公室\n2022年4月6日',
  )
  expect(found?.issuer).toBe('中共云川市委河湖治理领导小组办公室')
})

test('issuers that a title runs together stand apart as in the signature', () => {
  expect(
    documents(
      `工业和信息化部 国家发展和改革委员会关于印发绿色发展方案的通知\n工信部联节〔2022〕88号\n各省人民政府：\n${BODY}工业和信息化部\n国家发展和改革委员会\n2022年7月7日\n`,
    )[0]?.issuer,
  ).toBe('工业和信息化部、国家发展和改革委员会')
})

test('a number in brackets that a text cites is no number of minutes', () => {
  expect(
    documents(`云川市人民政府关于做好节水工作的意见\n云府发〔2012〕5号\n各县人民政府：\n${BODY}〔2016〕3号\n`),
  ).toHaveLength(1)
})

describe('several documents in a file', () => {
  const one = (n: number): string =>
    `云川市人民政府办公室\n关于做好第${n}项工作的通知\n云府办发〔2019〕${n}号\n各县（市、区）人民政府：\n${BODY}云川市人民政府办公室\n2019年${n}月2日\n`

  test('each ends where the next begins, and spans do not overlap', () => {
    const raw = [1, 2, 3].map(one).join('\n')
    const found = documents(raw)
    expect(found.map(({ number }) => number)).toEqual([
      '云府办发〔2019〕1号',
      '云府办发〔2019〕2号',
      '云府办发〔2019〕3号',
    ])
    expect(found.map(({ issuedOn }) => issuedOn)).toEqual(['2019-01-02', '2019-02-02', '2019-03-02'])
    found.forEach(({ start, end }, i) => {
      expect(raw.slice(start).startsWith('云川市人民政府办公室\n关于做好第')).toBe(true)
      expect(end).toBeLessThanOrEqual(found[i + 1]?.start ?? raw.length)
    })
  })

  test('a notice with its attached plan is one document', () => {
    const raw = `云川市人民政府办公室\n关于印发云川市节能规划的通知\n云府办发〔2018〕46号\n各县（市、区）人民政府：\n《云川市节能规划》已经市政府同意，现印发给你们。\n云川市人民政府办公室\n2018年12月21日\n云川市节能规划\n${BODY}`
    expect(documents(raw)).toHaveLength(1)
  })

  test('a number behind the signature belongs to the document before', () => {
    const raw = `云川市人民政府办公室\n关于认定示范乡镇的通知\n各县（市、区）人民政府：\n${BODY}附件：示范乡镇名单\n云川市人民政府办公室\n2019年2月2日\n云府办函〔2019〕12号\n附件\n示范乡镇名单\n安西区沸水镇\n${one(3)}`
    expect(documents(raw).map(({ number, title }) => [number, title])).toEqual([
      ['云府办函〔2019〕12号', '云川市人民政府办公室关于认定示范乡镇的通知'],
      ['云府办发〔2019〕3号', '云川市人民政府办公室关于做好第3项工作的通知'],
    ])
  })

  test('numbers that a text cites open no document', () => {
    expect(
      documents(`${one(1)}根据《云川省人民政府关于做好节能工作的通知》（云府发〔2016〕3号）要求，制定本方案。\n`),
    ).toHaveLength(1)
  })
})
