/** 市政府办公室, 区委办公室: a body by its level alone. */
export const NO_PLACE = /^[省市区县州旗盟镇乡]/

/** Whether one name is another with its place and level written out: 云江市龙湖区人民政府柳林街道办事处 of 龙湖区柳林街道办事处. */
export function isFullerName(full: string, short: string): boolean {
  if (full.length <= short.length || full.at(-1) !== short.at(-1) || short.includes(' ')) return false
  let at = 0
  for (const letter of full) if (letter === short[at]) at++
  return at === short.length
}
