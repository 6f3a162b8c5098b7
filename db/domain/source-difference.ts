/** Digits after the point with which a value is written: 2 of 62.71; a value without any counts as whole. */
function decimalsOf(value: number): number {
  const text = String(value)
  const [digits = '', power = '0'] = text.split('e')
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(power))
}

/**
 * Whether what a unit reported and what the statistics office published are two values, or one that was rounded: 62.71 and
 * 62.7 are the same number written with one digit less. Beyond that, what is less than `percent` of the statistics' value
 * is nothing that an office asks about.
 * @param percent at least so many per cent of the statistics' value; 0 asks about every real difference
 */
export function differs(unitValue: number, statisticsValue: number, percent: number): boolean {
  const gap = Math.abs(unitValue - statisticsValue)
  const slack = 1e-9 * Math.max(1, Math.abs(unitValue)) // the last bit of a binary fraction is no difference
  const [fine, coarse] = [decimalsOf(unitValue), decimalsOf(statisticsValue)].sort((a, b) => b - a) as [number, number]
  // Written with the same digits nothing was rounded away.
  const rounding = fine === coarse ? 0 : 0.5 * 10 ** -coarse
  if (gap <= rounding + slack) return false
  return gap + slack >= (Math.abs(statisticsValue) * percent) / 100
}
