import { describe, expect, test } from 'vitest'
import { headOf } from './read.ts'

const PART = '一、总体要求\n全面落实上级部署，统筹推进各项工作。\n二、主要任务\n（一）加快建设。完成年度任务。\n'
const NEWS = '5月14日，云川县召开湿地保护工作会议，部署全年工作。\n会议强调，要加强巡护，保护好每一片湿地。\n'

describe('what a page sets around a document is no part of its title', () => {
  test.each([
    [
      'the bars and the foot of a site',
      `云川县政府门户网站\n版权所有：云川县人民政府 网站标识码：0000000001\n建议您将浏览器升级后访问！\n各乡镇人民政府：\n现将《云川县湿地保护方案》印发给你们，请遵照执行。\n云川县人民政府办公室\n2024年7月8日\n（此件公开发布）\n云川县湿地保护方案\n${PART}`,
      ' | 云川县湿地保护方案 | 云川县人民政府办公室 | 2024-07-08',
    ],
    [
      'the ways to other pages in one line',
      `首   页 走进云川 新闻中心 政务公开 政务服务 互动交流\n\n云川县人民政府关于印发《云川县湿地保护方案》的通知\n\n云政发〔20243\n\n云川县人民政府\n\n关于印发《云川县湿地保护\n\n方案》的通知\n\n各镇人民政府：\n${PART}`,
      ' | 云川县人民政府关于印发《云川县湿地保护方案》的通知 | 云川县人民政府 | ',
    ],
    [
      'sections, one below the other, and the telephone of the site',
      `法定主动公开内容\n\n重点领域\n公开年报\n服务热线：12345678\n云川市湿地保护规划（2021-2025）\n发布时间： 2021-10-17 17:39:19\n${PART}`,
      ' | 云川市湿地保护规划（2021-2025） |  | ',
    ],
    [
      'what it says of its validity, behind the title',
      `索引号： 000123 时效： 现行有效\n公开方式 主动公开 文号 云政办发〔2022〕4号\n云川县人民政府办公室关于印发云川县湿地保护方案的通知（有效）\n  • 云川县人民政府网站\n  • 发布日期：2022-08-04\n各乡镇人民政府：\n现印发给你们。\n云川县人民政府办公室\n2022年7月2日\n${PART}`,
      '云政办发〔2022〕4号 | 云川县人民政府办公室关于印发云川县湿地保护方案的通知 | 云川县人民政府办公室 | 2022-07-02',
    ],
    [
      'labels without a colon, and labels that only this page has',
      `发文机关云川省水利厅\n时效性现行有效\n发文字号云水函〔2021〕62号\n施行日期2021年12月3日\n效力级别部门规范性文件\n各市水利局：\n为做好湿地保护工作，现印发给你们，请遵照执行。\n云川省水利厅\n2021年12月3日\n`,
      '云水函〔2021〕62号 |  | 云川省水利厅 | 2021-12-03',
    ],
    [
      'the hour at which it was put up, and labels below it',
      `云江市人民政府关于分解湿地保护任务的通知\n\n2020年07月03日06:05:59\n发布部门： 云江市人民政府\n发布文号： 云府发[2006]27号\n\n各区县人民政府：\n${PART}`,
      '云府发〔2006〕27号 | 云江市人民政府关于分解湿地保护任务的通知 | 云江市人民政府 | ',
    ],
    [
      'a title in book marks behind its number, and once more behind that',
      `云发〔2019〕21号《中共云川省委云川省人民政府关于湿地保护的实施意见》\n中共云川省委云川省人民政府关于湿地保护的实施意见\n云发〔2019〕21号\n为做好湿地保护，制定如下实施意见。\n${PART}`,
      '云发〔2019〕21号 | 中共云川省委云川省人民政府关于湿地保护的实施意见 | 中共云川省委、云川省人民政府 | ',
    ],
  ])('%s', (_, text, head) => expect(headOf(text)).toBe(head))
})

describe('who signs, and when', () => {
  test.each([
    [
      'a body of the title, written out where the page has lost the date',
      `区政府办公室关于印发《云江市龙湖区湿地保护方案》的通知\n各乡镇人民政府：\n经区政府同意，现印发给你们。\n云江市龙湖区人民政府办公室\n2019年1123\n云江市龙湖区湿地保护方案\n${PART}`,
      ' | 区政府办公室关于印发《云江市龙湖区湿地保护方案》的通知 | 云江市龙湖区人民政府办公室 | ',
    ],
    [
      'several bodies, the first of which the title names',
      `云江市水利局关于印发《云江市湿地保护方案》的通知\n各区：\n特此通知。\n云江市水利局\n云江市林业局\n2020年4月9日\n${PART}`,
      ' | 云江市水利局关于印发《云江市湿地保护方案》的通知 | 云江市水利局、云江市林业局 | 2020-04-09',
    ],
    [
      'bodies that blanks part in the title, an association among them',
      `市水利局 市财政局 市湿地保护协会关于印发《云江市湿地保护方案》的通知\n云水〔2022〕5号\n各区水利局：\n${PART}`,
      '云水〔2022〕5号 | 市水利局市财政局市湿地保护协会关于印发《云江市湿地保护方案》的通知 | 市水利局、市财政局、市湿地保护协会 | ',
    ],
    [
      'two bodies in one line above the matter',
      `云川哈萨克族自治区人民政府 云川哈萨克族自治区水产和畜牧管理局\n关于印发《云川自治区湿地保护方案》的通知\n云政发〔2023〕9号\n各市人民政府：\n现印发给你们。\n云川哈萨克族自治区人民政府\n云川哈萨克族自治区水产和畜牧管理局\n2023年5月7日\n${PART}`,
      '云政发〔2023〕9号 | 云川哈萨克族自治区人民政府云川哈萨克族自治区水产和畜牧管理局关于印发《云川自治区湿地保护方案》的通知 | 云川哈萨克族自治区人民政府、云川哈萨克族自治区水产和畜牧管理局 | 2023-05-07',
    ],
    [
      'a note and the date in one line',
      `中共云川县委办公室\n关于印发《云川县湿地保护方案》的通知\n云办发〔2017〕9号\n各乡镇党委：\n现印发给你们。\n中共云川县委办公室\n（此件发至乡）                  2017年6月3日\n云川县湿地保护方案\n${PART}`,
      '云办发〔2017〕9号 | 中共云川县委办公室关于印发《云川县湿地保护方案》的通知 | 中共云川县委办公室 | 2017-06-03',
    ],
    [
      'the date right below the number, above the title once more',
      `云川省水利厅关于开展湿地保护的通知\n云水函〔2021〕7号\n2021年2月2日\n发布机关：云川省水利厅\n云川省水利厅关于开展湿地保护的通知\n云水函〔2021〕7号\n各市水利局：\n${PART}`,
      '云水函〔2021〕7号 | 云川省水利厅关于开展湿地保护的通知 | 云川省水利厅 | 2021-02-02',
    ],
  ])('%s', (_, text, head) => expect(headOf(text)).toBe(head))
})

describe('what is spoken', () => {
  test.each([
    [
      'the day and the meeting broken over two lines, below a table of the page',
      `文件名称 | 云川区2025年政府工作报告 | ||\n索引号 | /2025-0000 | 公开目录： | 工作报告 |\n文号 | 成文日期： | 2025年04月15日 | |\n2025年3月2日在云川区第十九届\n人民代表大会第四次会议上\n云川区人民政府代区长 张三\n各位代表：\n${PART}`,
      ' | 云川区2025年政府工作报告 | 云川区人民政府 | 2025-03-02',
    ],
    [
      'a department that reports on the plan',
      `关于云川区2024年国民经济和社会\n发展计划执行情况的报告\n——2024年12月3日在云川区第十六届\n人民代表大会第五次会议上\n云川区发展和改革局局长  李四\n各位代表：\n${PART}`,
      ' | 关于云川区2024年国民经济和社会发展计划执行情况的报告 | 云川区发展和改革局 | 2024-12-03',
    ],
    [
      'in whose name, where nobody is named',
      `政府工作报告\n——2018年1月5日在云川县第十七届人民代表大会第二次会议上\n各位代表：现在，我代表云川县人民政府向大会报告工作，请予审议。\n${PART}`,
      ' | 政府工作报告 | 云川县人民政府 | 2018-01-05',
    ],
    [
      'title and salutation in one line',
      `云溪镇2023年度政府工作报告各位代表：现在，我代表云溪镇人民政府，向大会报告工作，请予审议。\n${PART}`,
      ' | 云溪镇2023年度政府工作报告 | 云溪镇人民政府 | ',
    ],
    [
      'a headline of several lines, and the congress of a party',
      `坚持生态优先\n坚决守护湿地\n在高质量发展中推进美丽云川建设\n同志们：\n现在，我代表中国共产党云川省第十届委员会向大会作报告。\n${PART}`,
      ' | 坚持生态优先坚决守护湿地在高质量发展中推进美丽云川建设 | 中国共产党云川省第十届委员会 | ',
    ],
    ['the day and who spoke, and no title', `2016年2月6日 张三\n各位代表：\n${PART}`, ' |  |  | 2016-02-06'],
  ])('%s', (_, text, head) => expect(headOf(text)).toBe(head))
})

describe('headlines', () => {
  test.each([
    [
      'longer than a heading, above prose',
      `云川湿地保护工作取得新成效今年计划新建修复湿地面积超过去两年总和\n${NEWS}`,
      ' | 云川湿地保护工作取得新成效今年计划新建修复湿地面积超过去两年总和 |  | ',
    ],
    [
      'news that say in their text who wrote them, with the day of the page',
      `张三出席湿地保护推进会\n\n   时间：2025-10-01 09:46:12\n\n本网讯（区融媒体中心 通讯员 李四）10月1日，云川区召开湿地保护推进会。\n${NEWS}`,
      ' | 张三出席湿地保护推进会 |  | 2025-10-01',
    ],
    [
      'with the day behind it',
      `云川湿地保护率达到五成（发布时间：2022-09-03 10:10:59）\n${NEWS}`,
      ' | 云川湿地保护率达到五成 |  | 2022-09-03',
    ],
    [
      'in brackets, before the text',
      `【云川湿地保护进入新的阶段】“今年要建湿地公园3处。”${NEWS}`,
      ' | 云川湿地保护进入新的阶段 |  | ',
    ],
    [
      'that tells what was issued',
      `云川三部门印发《2025年湿地保护工作要点》\n来源：云川微信公众号\n${NEWS}`,
      ' | 云川三部门印发《2025年湿地保护工作要点》 |  | ',
    ],
    [
      'below the section of a newspaper',
      `政策\n\n云川省印发《湿地保护计划》\n\n${NEWS}`,
      ' | 云川省印发《湿地保护计划》 |  | ',
    ],
    [
      'a title in one run with its text',
      `关于支持湿地保护的八条意见。为落实市委、市政府部署，促进湿地保护，制定本意见。建成湿地公园3处。\n`,
      ' | 关于支持湿地保护的八条意见 |  | ',
    ],
  ])('%s', (_, text, head) => expect(headOf(text)).toBe(head))
})

describe('excerpts that nothing names', () => {
  test.each([
    ['the headings of two parts', `加快推进湿地保护\n加强湿地巡护\n优化管护机制，建成湿地公园3处。\n${NEWS}`],
    ['a part of a report', `“十五五”时期的主要目标任务\n“十五五”时期，要努力建成湿地公园3处。\n`],
    ['a word for all of it', `全文\n为做好湿地保护，制定本方案。\n${PART}`],
    [
      'several things handed down',
      `各乡镇人民政府：\n现将《湿地任务分解》《绿道任务分解》印发给你们，请抓好落实。\n附件：1.湿地任务清单\n2.绿道任务分解\n${PART}`,
    ],
    [
      'news on what was issued',
      `2024年4月，省水利厅、省林业厅联合印发《2024年湿地保护工作安排》（以下简称《工作安排》）。\n${NEWS}`,
    ],
    [
      'the source of a picture',
      `云川发布截图\n云川网5月3日电 （张三）日前，省政府印发《湿地保护计划（2021—2025年）》，提出建成湿地公园3处。\n`,
    ],
  ])('%s', (_, text) => expect(headOf(text)).toMatch(/^ \| {2}\| {2}\| $/))
})
