/**
 * How lists call a unit where its government is clear: `霁川市教育局` is `市教育局` in the office of 霁川市. A registered
 * short name comes first; names of other governments stay whole, because `县教育局` would be one of many.
 * @param home the government whose office this is, such as `霁川市`; null where it is not known
 */
export function unitShort(unit: { name: string; shortName: string | null }, home: string | null): string {
  if (home === null || !unit.name.startsWith(home) || unit.name === home) return unit.name
  if (unit.shortName !== null && unit.shortName !== '') return unit.shortName
  const rest = unit.name.slice(home.length)
  // 霁川市望川区教育局: what is below the city has a place of its own.
  return /^[^省市县区]{1,8}[县区市]/u.test(rest) ? rest : home.slice(-1) + rest
}

/** `霁川市` of the one government above all others, by its name `霁川市人民政府`; null where there is none or several. */
export function homeOf(units: readonly { name: string; parentId: number | null }[]): string | null {
  const tops = units.flatMap(({ name, parentId }) =>
    parentId === null ? (/^(.{1,12}[省市州盟县区旗])人民政府$/u.exec(name)?.[1] ?? []) : [],
  )
  return tops.length === 1 ? tops[0]! : null
}
