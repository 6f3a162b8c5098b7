/** How numbers are said. Everything that people read goes through here, so that one value looks the same everywhere. */

/** Digits after the point that are shown; a value is never shown rounder than this. */
const DIGITS = 4

const grouped = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: DIGITS })
const ungrouped = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: DIGITS, useGrouping: false })

/** 0 for what would be shown as `-0`. */
const settled = (value: number) => (Math.abs(value) < 0.5 / 10 ** DIGITS ? 0 : value)

/** For pages: digits in groups of three, a true minus sign. */
export const formatNumber = (value: number): string => grouped.format(settled(value)).replace('-', '−')

/** For files and sentences: no groups, no exponent, at most four decimals. */
export const plainNumber = (value: number): string => ungrouped.format(settled(value))

/** Per cent of progress as shown, one decimal; null is a dash, never 0. */
export const formatPercent = (value: number | null): string =>
  value === null ? '—' : `${formatNumber(Math.round(value * 10) / 10)}%`

/** Share as shown: one decimal, `—` for nothing to divide by. A share above 0 is never shown as 0, one below 1 never as 100. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '—'
  const percent = (part / whole) * 100
  if (part > 0 && percent < 0.1) return '<0.1%'
  if (part < whole && percent > 99.9) return '>99.9%'
  return `${percent.toFixed(1).replace(/\.0$/, '')}%`
}

/** A difference with its sign: `+3`, `−2`, `持平`. */
export const signed = (difference: number): string =>
  difference > 0 ? `+${difference}` : difference < 0 ? `−${-difference}` : '持平'
