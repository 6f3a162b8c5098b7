/** Chinese digits and their values, everyday and formal (大写) forms. */
export const CHINESE_DIGITS: Readonly<Record<string, number>> = {
  〇: 0, 零: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9,
  壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9,
}

/** Multipliers inside a Chinese numeral. 万 and 亿 close a section, the others stand within one. */
export const CHINESE_MULTIPLIERS: Readonly<Record<string, number>> = {
  十: 10, 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000, 拾: 10, 佰: 100, 仟: 1000,
}

/** Magnitudes that belong to the unit as written: 53.5**万**亩, 1000**亿**元, 3**千**家. Longest first. */
export const MAGNITUDES: readonly string[] = ['万亿', '千万', '百万', '十万', '千亿', '百亿', '亿', '万', '千', '百']

/** Words between a number and its unit that say "and some more": 300**余**名, 20**多**个. */
export const SOME_MORE: readonly string[] = ['余', '多', '来', '几']

/** Dashes and words that join the two ends of a range, as the reading text has them. */
export const RANGE_JOINTS: readonly string[] = ['——', '—', '–', '-', '~', '至']
