const halfWidth = (text: string) =>
  text.replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).replace(/\s+/g, '')

const MAGNITUDES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1e3, 万: 1e4, 亿: 1e8 }

/** Units that begin with a magnitude but are not one: 千瓦 is not a thousand 瓦 for a reader. */
const WHOLE_UNITS: ReadonlySet<string> = new Set(['千瓦', '千米', '千克', '百分点', '千瓦时', '千伏', '千伏安'])

/** A written value and unit in plain numbers: `1.2万`, `亩` and `1.2`, `万亩` are both 12000 亩. */
export interface Amount {
  values: number[]
  unit: string
}

/** Brings the magnitudes at the head of the unit into the numbers; twelve digits count. */
export function amountOf(value: number | readonly number[], unit: string): Amount {
  let rest = halfWidth(unit)
  let factor = 1
  for (
    let magnitude = MAGNITUDES[rest[0] ?? ''];
    magnitude !== undefined && !WHOLE_UNITS.has(rest);
    magnitude = MAGNITUDES[rest[0] ?? '']
  ) {
    // A bare 万 or 亿 is a magnitude to the end; 百 before 万 is one too.
    factor *= magnitude
    rest = rest.slice(1)
  }
  const numbers = typeof value === 'number' ? [value] : [...value]
  return {
    values: numbers.map((number) => Number((number * factor).toPrecision(12))),
    unit: rest.replace('个百分点', '百分点'),
  }
}

interface Written {
  value: number | readonly number[]
  unit: string
}

export function sameValue(a: Written, b: Written): boolean {
  const [x, y] = [amountOf(a.value, a.unit).values, amountOf(b.value, b.unit).values]
  return (
    x.length === y.length &&
    x.every((value, i) => Math.abs(value - (y[i] ?? NaN)) <= 1e-9 * Math.max(1, Math.abs(value)))
  )
}

/** One unit may say more than the other (`张` and `张床位`), but an empty one only fits an empty one. */
export function sameUnit(a: Written, b: Written): boolean {
  const [x, y] = [amountOf(a.value, a.unit).unit, amountOf(b.value, b.unit).unit]
  return x === y || (x !== '' && y !== '' && (x.startsWith(y) || y.startsWith(x)))
}
