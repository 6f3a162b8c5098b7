import { describe, expect, test } from 'vitest'
import { headOf } from './read.ts'

const PART = '一、总体要求\n全面落实上级部署，统筹推进各项工作。\n二、主要任务\n（一）加快建设。完成年度任务。\n'
const NEWS = '云川县召开湿地保护工作会议，部署全年工作。\n会议强调，要加强巡护，保护好每一片湿地。\n'
const RULES = '第一章 总则\n第一条 为保护湿地，制定本规则。\n第二条 本规则适用于全部湿地。\n'

describe('rules and orders', () => {
  test.each([
    [
      'an order of the whole state, which a database sets below the title and its issuer',
      `湿地登记条例\n\n作者：法规库  时间：2024-07-22 08:17:50  浏览：84\n\n湿地登记条例\n\n国务院\n\n\n湿地登记条例\n\n中华人民共和国国务院令\n\n第998号\n\n现发布《湿地登记条例》，自发布之日起施行。\n\n1997年8月3日\n\n${RULES}`,
      '中华人民共和国国务院令第998号 | 湿地登记条例 | 国务院 | 1997-08-03',
    ],
    [
      'an announcement of a congress, counted as orders are',
      `云川省湿地条例\n（2009年7月22日云川省第十一届人民代表大会常务委员会第十次会议通过）\n云川省第十一届人民代表大会常务委员会公告\n第88号\n《云川省湿地条例》已由云川省第十一届人民代表大会常务委员会第十次会议通过，现予公布。\n云川省人民代表大会常务委员会\n2009年7月22日\n${RULES}`,
      '云川省第十一届人民代表大会常务委员会公告第88号 | 云川省湿地条例 | 云川省人民代表大会常务委员会 | 2009-07-22',
    ],
    [
      'the order by which rules came out, in brackets below their title',
      `云江市湿地管理规定\n（1991年3月6日云江市人民政府令第19号发布）\n${RULES}`,
      '云江市人民政府令第19号 | 云江市湿地管理规定 | 云江市人民政府 | 1991-03-06',
    ],
    [
      'a number above rules that name the government they are of',
      `云政发〔2017〕40号\n云川县人民政府工作规则\n${RULES}`,
      '云政发〔2017〕40号 | 云川县人民政府工作规则 | 云川县人民政府 | ',
    ],
    [
      'the day of proclamation and who proclaimed it, below the title that stands a third time',
      `云江市湿地立法程序条例\n\n作者：法规库  时间：2024-07-22 05:37:26  浏览：91\n\n云江市湿地立法程序条例\n\n云江市人大常委会\n\n\n云江市湿地立法程序条例\n\n颁布日期：2001-6-3\n实施日期：2001-8-1\n颁布单位：云江市人民代表大会常务委员会\n\n${RULES}`,
      ' | 云江市湿地立法程序条例 | 云江市人民代表大会常务委员会 | 2001-06-03',
    ],
  ])('%s', (_, text, head) => expect(headOf(text)).toBe(head))
})

describe('what stands between a title and its number', () => {
  test.each([
    [
      'the issuer, as a database names it',
      `云川省人民政府办公厅关于印发云川省湿地管理办法的通知\n\n云川省人民政府办公厅\n\n\n云政办〔2008〕33号\n\n省政府各部门、各直属机构：\n现将《云川省湿地管理办法》印发给你们。\n云川省人民政府办公厅\n二〇〇八年六月五日\n${PART}`,
      '云政办〔2008〕33号 | 云川省人民政府办公厅关于印发云川省湿地管理办法的通知 | 云川省人民政府办公厅 | 2008-06-05',
    ],
    [
      'nothing: the number in brackets behind the title of a page, below the day of filing',
      `归档时间：2018-11-21\n当前位置： 首页 > 政务公开 > 政策法规\n\n中共云江市委办公室云江市人民政府办公室印发《关于保护湿地的实施意见》的通知（云办发〔2017〕2号）\n\n来源：云江市政府门户网 日期：2017-01-12 17:08 字号：\n\n各县市区委、人民政府：\n《关于保护湿地的实施意见》已经同意，现印发给你们。\n中共云江市委办公室\n云江市人民政府办公室\n2017年1月10日\n${PART}`,
      '云办发〔2017〕2号 | 中共云江市委办公室云江市人民政府办公室印发《关于保护湿地的实施意见》的通知 | 中共云江市委办公室、云江市人民政府办公室 | 2017-01-10',
    ],
    [
      'the name of a net at the end of a line that is no site',
      `国家云水委 国家湿地局关于加强和规范河网\n湿地管护工作的通知\n云水规〔2020〕16号\n各省湿地局：\n请遵照执行。\n${PART}`,
      '云水规〔2020〕16号 | 国家云水委国家湿地局关于加强和规范河网湿地管护工作的通知 | 国家云水委、国家湿地局 | ',
    ],
    [
      'lines about it, below the title of a page that begins with a word of the site',
      `政务服务丨云江市人民政府关于深化湿地改革的意见\n- 发布日期：2021-07-19\n云江市人民政府\n关于深化湿地改革的意见\n云政字〔2021〕30号\n各县人民政府：\n${PART}`,
      '云政字〔2021〕30号 | 云江市人民政府关于深化湿地改革的意见 | 云江市人民政府 | 2021-07-19',
    ],
    [
      'lines about it that hold a semicolon',
      `名 称 ：\n市水利局关于印发湿地保护细则的通知\n发 文 字 号 ：\n云水发〔2021〕3号\n主 题 ：\n水利\\湿地;水利\\综合\n有 效 性 ：\n有效\n市水利局关于印发\n湿地保护细则的通知\n各县水利局：\n现予印发。\n2021\n年\n2\n月\n2\n日\n${PART}`,
      '云水发〔2021〕3号 | 市水利局关于印发湿地保护细则的通知 | 市水利局 | 2021-02-02',
    ],
  ])('%s', (_, text, head) => expect(headOf(text)).toBe(head))
})

describe('who signs', () => {
  test.each([
    [
      'names that a page breaks anywhere, put together as the title has them',
      `国家云水改革委国家湿地局关于加强湿地管护的通知\n云水规〔2020〕16号\n各省湿地局：\n请遵照执行。\n国家云水\n改革委\n国 家 湿 地 局\n2020年5月8日\n`,
      '云水规〔2020〕16号 | 国家云水改革委国家湿地局关于加强湿地管护的通知 | 国家云水改革委、国家湿地局 | 2020-05-08',
    ],
    [
      'a department within the body of the title',
      `云江市水利局\n关于组织湿地巡护的通知\n各县水利局：\n请遵照执行。\n云江市水利局人事处\n2011年10月7日\n`,
      ' | 云江市水利局关于组织湿地巡护的通知 | 云江市水利局人事处 | 2011-10-07',
    ],
    [
      'two bodies, the second of which does not read like one by itself',
      `关于湿地基金征收问题的通知\n各县财政局：\n请遵照执行。\n云川省财政厅      云川省湿地基金\n2017年8月5日\n`,
      ' | 关于湿地基金征收问题的通知 | 云川省财政厅、云川省湿地基金 | 2017-08-05',
    ],
    [
      'the issuer in the title of the text, which the page leaves out',
      `标题： 关于分解2012年湿地工作任务\n发布时间： 2012-10-17 15:02\n发布机构： 中国云川\n云川县水利局关于分解2012年湿地工作任务\n各相关科室：\n${PART}云川县水利局\n二〇一二年九月六日\n`,
      ' | 云川县水利局关于分解2012年湿地工作任务 | 云川县水利局 | 2012-09-06',
    ],
  ])('%s', (_, text, head) => expect(headOf(text)).toBe(head))
})

describe('the day', () => {
  test.each([
    [
      'that a page gives is the only one',
      `云川县下达明年湿地计划\n日期：2020-12-02\n来源：云川县林业局\n${NEWS}`,
      ' | 云川县下达明年湿地计划 |  | 2020-12-02',
    ],
    [
      'that a page gives is of a later year than the title: the page is younger than the document',
      `云川市湿地保护规划（2011—2015）\n发布时间：2019-01-05\n${PART}`,
      ' | 云川市湿地保护规划（2011—2015） |  | ',
    ],
    [
      'in brackets below the speaker is surer than that of a card',
      `标题：云川省2003年政府工作报告\n发文单位：云川省人民政府\n发文时间：2003-01-13\n在云川省第十届人民代表大会第一次会议上\n云川省省长 张三\n（二〇〇三年一月十日）\n各位代表：\n现在，我代表云川省人民政府向大会作工作报告。\n`,
      ' | 云川省2003年政府工作报告 | 云川省人民政府 | 2003-01-10',
    ],
    [
      'with its hour below a headline',
      `云川湿地巡护发现两处问题：三人被问责\n2018年07月06日 21:46\n${NEWS}`,
      ' | 云川湿地巡护发现两处问题：三人被问责 |  | 2018-07-06',
    ],
  ])('%s', (_, text, head) => expect(headOf(text)).toBe(head))
})

describe('headlines on pages', () => {
  test.each([
    [
      'behind the way there, broken over two lines',
      `当前页面：首页\n> 专题专栏 > 2023两会专题 > 人大会议\n代表分组审议湿地保护报告\n\n发布日期： 2023-06-07 访问次数： 字号：[ ]\n\n${NEWS}`,
      ' | 代表分组审议湿地保护报告 |  | 2023-06-07',
    ],
    [
      'once more below the sections of the site',
      `首页 政策解读 关于《云川湿地办法》解读\n\n关于《云川湿地办法》解读\n\n新闻来源： 政府办 发布时间： 2022-12-30 点击量： 5\n\n《云川湿地办法》是在调研的基础上起草的。\n`,
      ' | 关于《云川湿地办法》解读 |  | 2022-12-30',
    ],
    [
      'before the name of the site',
      `云川县湿地保护大会开幕[图]_云川快资讯\n\n来源：云川网时间：2023-02-28 20:12:32\n\n${NEWS}`,
      ' | 云川县湿地保护大会开幕 |  | 2023-02-28',
    ],
  ])('%s', (_, text, head) => expect(headOf(text)).toBe(head))
})

const ROWS = '任务\t完成时间\t责任单位\n建设湿地公园\t2020年6月\t水利局\n'
describe('a part of something that nothing names', () => {
  test.each([
    [
      'one of several tables alike',
      `巡护体系任务计划表\n${ROWS}设施提升任务计划表\n${ROWS}绿道建设任务计划表\n${ROWS}`,
    ],
    [
      'a chapter of an assessment with its points, one of several',
      `湿地巡护情况（60分）\n序号\t考核内容\t分值\n1\t未开展巡护的，扣5分\t60\n绿道管养情况（40分）\n序号\t考核内容\t分值\n2\t未开展管养的，扣5分\t40\n`,
    ],
  ])('%s', (_, text) => expect(headOf(text)).toMatch(/^ \| {2}\|/))
})
