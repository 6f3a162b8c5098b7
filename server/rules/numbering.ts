/**
 * Numbers of 督办单 and 通报 by the office's scheme, a setting in which `{year}` and `{n}` stand once each:
 * `政督〔{year}〕{n}号` gives 政督〔2026〕12号. Running numbers begin at 1 in each year.
 * @param year four digits
 * @param n running number within the year, 1 or more
 */
export function formatNumber(scheme: string, year: number, n: number): string {
  return scheme.replace('{year}', String(year)).replace('{n}', String(n))
}
