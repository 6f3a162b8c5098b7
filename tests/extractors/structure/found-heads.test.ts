import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'

const PART = '一、总体要求\n全面落实上级部署，统筹推进各项工作。\n二、主要任务\n（一）加快建设。完成年度任务。\n'
const SENTENCES = '湿地是重要的生态空间。近年来，全市湿地保护取得积极进展。为进一步做好保护工作，现提出以下意见。'

/** number | title | issuer | date of the only document of a text. */
function headOf(text: string): string {
  const { documents } = extract(text)
  return documents
    .map(({ number, title, issuer, issuedOn }) => [number, title, issuer, issuedOn].join(' | '))
    .join(' // ')
}

describe('heads as web pages, databases and copied text have them', () => {
  test.each([
    [
      'title, number, addressees and text in one line; the signature behind the last sentence',
      `云川市人民政府关于加强湿地保护的意见云府发〔2019〕7号各县区人民政府，市政府各部门：${SENTENCES}\n${PART}加强宣传。云川市人民政府2019年3月5日（此件公开发布）\n`,
      '云府发〔2019〕7号 | 云川市人民政府关于加强湿地保护的意见 | 云川市人民政府 | 2019-03-05',
    ],
    [
      'the title once more, with the sign of the issuer between',
      `云川市人民政府办公室关于加强湿地保护的意见\n云府办发\n云川市人民政府办公室关于加强湿地保护的意见云府办发〔2021〕9号各县区人民政府：${SENTENCES}\n${PART}`,
      '云府办发〔2021〕9号 | 云川市人民政府办公室关于加强湿地保护的意见 | 云川市人民政府办公室 | ',
    ],
    [
      'a database above a title that comes twice, the number in brackets below it',
      `【法宝引证码】 CLI.00.1234567\n原文链接：https://example.cn/a.html\n云川省水利厅关于印发湿地保护规划(2021—2023年)的通知\n云川省水利厅关于印发湿地保护规划（2021-2023年）的通知\n\n（云水发〔2021〕12号）\n\n各市水利局：\n现印发给你们。\n云川省水利厅\n2021年9月2日\n${PART}`,
      '云水发〔2021〕12号 | 云川省水利厅关于印发湿地保护规划（2021-2023年）的通知 | 云川省水利厅 | 2021-09-02',
    ],
    [
      'paragraphs that only their indents part',
      `云溪镇党政办公室关于印发《云溪镇河道整治方案》的通知\n\u3000\u3000溪办发〔2020〕6号\u3000\u3000云溪镇党政办公室\u3000\u3000关于印发《云溪镇河\u3000\u3000道整治方案》\u3000\u3000的通知\u3000\u3000各社区、各有关单位：\u3000\u3000现将方案印发给你们，请认真执行。\n\u3000\u3000云溪镇党政办公室\u3000\u30002020年4月1日\u3000\u3000云溪镇河道整治方案\u3000\u3000为整治河道，制定本方案：\u3000\u3000一、工作目标\u3000\u3000全面整治。\n`,
      '溪办发〔2020〕6号 | 云溪镇党政办公室关于印发《云溪镇河道整治方案》的通知 | 云溪镇党政办公室 | 2020-04-01',
    ],
    [
      'a letterspaced signature and date in one line with the title of the plan',
      `国务院关于印发湿地保护规划的通知国发〔2012〕5号\u00a0各省、自治区、直辖市人民政府：\u3000\u00a0 现将《湿地保护规划》印发给你们。\n\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000国\u00a0 务\u00a0 院\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u00a0 二○一二年一月十五日\u00a0\u00a0湿地保护规划\u00a0\u3000\u00a0 湿地是重要的生态空间。\n${PART}`,
      '国发〔2012〕5号 | 国务院关于印发湿地保护规划的通知 | 国务院 | 2012-01-15',
    ],
    [
      'the number and a stroke before the title, as files are named',
      `云府发〔2020〕3号-云川市人民政府关于加强湿地保护的意见 \n各县区人民政府：\n${SENTENCES}\n${PART}`,
      '云府发〔2020〕3号 | 云川市人民政府关于加强湿地保护的意见 | 云川市人民政府 | ',
    ],
    [
      'a work report',
      `政 府 工 作 报 告\n\n----2012年2月29日在云川区第十三届人民代表大会第六次会议上\n\n云川区人民政府代区长\u3000\u3000张三\n\n\u3000\u3000各位代表：\n\u3000\u3000现在，我代表区政府向大会作工作报告。\n${PART}`,
      ' | 政府工作报告 | 云川区人民政府 | 2012-02-29',
    ],
    [
      'a work report by the post alone, its day in brackets',
      `云川市政府工作报告\n（2018年1月9日在云川市第七届人民代表大会第三次会议上）\n云川市市长 李四\n各位代表：\n${PART}`,
      ' | 云川市政府工作报告 | 云川市人民政府 | 2018-01-09',
    ],
    [
      'a table of the site above the title',
      `索引号\t0012/2022-00031\t主题分类\t水利\n发文机关\t云川市人民政府办公室\t成文日期\t2022年5月6日\n发文字号\t云府办〔2022〕14号\t发布日期\t2022年5月9日\n标题\t关于加强湿地保护的通知\n关于加强湿地保护的通知\n各县区人民政府：\n${PART}`,
      '云府办〔2022〕14号 | 关于加强湿地保护的通知 | 云川市人民政府办公室 | 2022-05-06',
    ],
    [
      'labels and values on lines of their own',
      `• 索引号:\n\n0012/2022-00031\n• 主题分类:\n\n• 发文机构:\n\n云川县人民政府\n• 发文字号:\n\n云政发〔2024〕7号\n• 发布日期:\n\n2024年04月06日 16:34\n• 内容概述:\n\n云川县湿地保护工作规则\n\n第一章 总则\n第一条 为保护湿地，制定本规则。\n`,
      '云政发〔2024〕7号 | 云川县湿地保护工作规则 | 云川县人民政府 | 2024-04-06',
    ],
    [
      'labels and values in one line, above and below the title',
      `索引号: 1134/202301-044 主题分类: 综合政务\n名称: 云川县人民政府关于分解落实目标任务的通知 文号: 云政〔2023〕1号\n云川县人民政府关于分解落实目标任务的通知\n发布时间：2023-01-30 08:56 来源：云川县人民政府 浏览次数： 字体：[大 中 小]\n各乡镇人民政府：\n${PART}`,
      '云政〔2023〕1号 | 云川县人民政府关于分解落实目标任务的通知 | 云川县人民政府 | 2023-01-30',
    ],
    [
      'a reply, with the issuer in the signature only',
      `关于云川新区总体规划的批复\n云政函〔2016〕31号\n云川新区管委会：\n你委请示收悉。现批复如下：\n${PART}云川市人民政府\n2016年7月8日\n`,
      '云政函〔2016〕31号 | 关于云川新区总体规划的批复 | 云川市人民政府 | 2016-07-08',
    ],
    [
      'a database that sets its labels in brackets',
      `【发布部门】 云川市人民政府\n【发文字号】 云府发〔2018〕3号\n【发布日期】 2018.03.05\n【时效性】 现行有效\n云川市人民政府关于加强湿地保护的意见\n各县区人民政府：\n${PART}`,
      '云府发〔2018〕3号 | 云川市人民政府关于加强湿地保护的意见 | 云川市人民政府 | 2018-03-05',
    ],
    [
      'an order',
      `云川市人民政府令\n第12号\n《云川市湿地保护办法》已经市人民政府常务会议通过，现予公布。\n市长 张三\n2020年5月20日\n云川市湿地保护办法\n${PART}`,
      '云川市人民政府令第12号 | 云川市湿地保护办法 | 云川市人民政府 | 2020-05-20',
    ],
    [
      'minutes',
      `云川市人民政府常务会议纪要\n〔2021〕14号\n2021年5月11日，市长张三主持召开市政府第80次常务会议。\n${PART}`,
      '〔2021〕14号 | 云川市人民政府常务会议纪要 | 云川市人民政府 | 2021-05-11',
    ],
    [
      'a number with who signs for issue',
      `云川市人民政府文件\n云府发〔2015〕12号\u3000\u3000签发人：张三\n云川市人民政府关于印发云川市节能规划的通知\n各县区人民政府：\n${PART}`,
      '云府发〔2015〕12号 | 云川市人民政府关于印发云川市节能规划的通知 | 云川市人民政府 | ',
    ],
    [
      'a work report of a county whose place the congress tells',
      `云川县2021年政府工作报告\n——2021年1月20日在云川县第十七届人民代表大会第六次会议上\n县人民政府县长 王五\n各位代表：\n${PART}`,
      ' | 云川县2021年政府工作报告 | 云川县人民政府 | 2021-01-20',
    ],
    [
      'a page title with a slip in it, in one run with the own title',
      `关于印发云湿地保护措施的通知 云川市人民政府关于印发 云川市湿地保护措施的通知\n各县区人民政府：\n${PART}云川市人民政府\n2020年2月7日\n`,
      ' | 云川市人民政府关于印发云川市湿地保护措施的通知 | 云川市人民政府 | 2020-02-07',
    ],
  ])('%s', (_, text, head) => expect(headOf(text)).toBe(head))
})

describe('what only looks like a seam', () => {
  test.each([
    '根据《云川市人民政府关于加强湿地保护的意见》（云府发〔2019〕7号）精神，制定本方案。',
    '2019年，市政府2019年3月5日印发了湿地保护规划。',
    '第三章规定的程序适用于第四章和第五章所列事项。',
    '各县区人民政府：负责本行政区域内的湿地保护工作。',
  ])('%s', (sentence) => {
    const { documents } = extract(`云川市湿地保护方案\n${PART}${sentence}\n${PART}`)
    expect(documents.map(({ title }) => title)).toEqual(['云川市湿地保护方案'])
  })
})
