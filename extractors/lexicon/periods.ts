/** Last years of the five-year plans by their ordinal: the “十三五” plan ends in 2020. */
export const FIVE_YEAR_PLANS: Readonly<Record<string, number>> = {
  九五: 2000, 十五: 2005, 十一五: 2010, 十二五: 2015, 十三五: 2020, 十四五: 2025, 十五五: 2030, 十六五: 2035,
}

/** Milestones of the national strategy that name a year without its digits. */
export const NAMED_YEARS: Readonly<Record<string, number>> = {
  本世纪中叶: 2050, 本世纪末: 2099, 本世纪初: 2010, 建党100周年: 2021, 建党一百周年: 2021, 新中国成立100周年: 2049, 新中国成立一百周年: 2049, 建国100周年: 2049, 建军100周年: 2027, 建军一百年: 2027,
}

/** Years counted from the year of the document. */
export const RELATIVE_YEARS: Readonly<Record<string, number>> = { 今年: 0, 本年: 0, 本年度: 0, 当年: 0, 明年: 1, 今明两年: 1, 来年: 1, 次年: 1, 下一年: 1, 后年: 2, 去年: -1, 上年: -1, 上年度: -1, 前年: -2 }

/** Parts of a year: last month. */
export const YEAR_PARTS: Readonly<Record<string, number>> = {
  上半年: 6, 下半年: 12, 一季度: 3, 二季度: 6, 三季度: 9, 四季度: 12, 第一季度: 3, 第二季度: 6, 第三季度: 9, 第四季度: 12, '1季度': 3, '2季度': 6, '3季度': 9, '4季度': 12,
  第1季度: 3, 第2季度: 6, 第3季度: 9, 第4季度: 12, 春季: 5, 夏季: 8, 秋季: 11, 冬季: 12, 年中: 6, 前三季度: 9,
}

/** Days that limits are told by, as month and day: 国庆节前. */
export const FESTIVALS: Readonly<Record<string, readonly [month: number, day: number]>> = {
  元旦: [1, 1], 五一: [5, 1], 劳动节: [5, 1], 六一: [6, 1], 七一: [7, 1], 八一: [8, 1], 十一: [10, 1], 国庆: [10, 1],
}

/** First days of the lunar years, by the calendar of the Purple Mountain Observatory. */
export const SPRING_FESTIVALS: Readonly<Record<number, string>> = {
  2011: '2011-02-03', 2012: '2012-01-23', 2013: '2013-02-10', 2014: '2014-01-31', 2015: '2015-02-19', 2016: '2016-02-08', 2017: '2017-01-28', 2018: '2018-02-16', 2019: '2019-02-05', 2020: '2020-01-25', 2021: '2021-02-12',
  2022: '2022-02-01', 2023: '2023-01-22', 2024: '2024-02-10', 2025: '2025-01-29', 2026: '2026-02-17', 2027: '2027-02-06', 2028: '2028-01-26', 2029: '2029-02-13', 2030: '2030-02-03',
}

/** Words before a time that make it a limit; the longest first. */
export const UNTIL_WORDS = ['力争到', '争取到', '确保到', '截止到', '截至到', '不迟于', '不晚于', '最迟于', '最晚于', '截至', '截止', '直到', '到了', '至于', '到', '至', '于', '在', '迄'] as const

/** Words before a time that start something. */
export const SINCE_WORDS = ['自', '从', '由'] as const

/** Words behind a time that keep it a limit. */
export const LIMIT_SUFFIXES = ['年底以前', '年底之前', '年底前', '年末前', '年底', '年末', '底以前', '底之前', '底前', '末前', '之前', '以前', '期间', '时期', '期末', '末期', '前', '底', '末', '止', '内', '为止'] as const

/** Behind a time in a title or heading: that of which it reports (一季度进展情况), not when something is due. */
export const REPORTED_BEHIND = /^[^,;。]{0,6}(?:进展|完成|落实|执行|推进|办理)情况/

/** What begins for those who are meant, before how long ago it was: 毕业2年内的高校毕业生, 登记注册5年内的企业. */
export const BEGINNINGS: readonly string[] = [
  '毕业', '离校', '退役', '退出现役', '注册', '登记', '成立', '设立', '创办', '投产', '上市', '认定', '获批', '备案', '落户', '转正', '入职', '出生', '脱贫', '出让',
]
