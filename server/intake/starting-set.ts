import { type StartingLevel, UNIT_LEVEL_TITLES } from '../../db/domain/intake-terms.ts'
import { FORMER, GROUPS, LOWER_GOVERNMENTS } from './starting-units.ts'

/** The letters of a level's governments, and which of them a place ends in. */
const LETTERS: Readonly<Record<StartingLevel, readonly string[]>> = {
  province: ['省', '自治区', '市'],
  city: ['市', '自治州', '州', '盟', '地区'],
  county: ['县', '区', '市', '旗', '自治县'],
}

/** The letter by which departments are called in short: 霁川市教育局 is 市教育局; null where the place ends in none. */
export function levelLetter(place: string, level: StartingLevel): string | null {
  const ending = LETTERS[level].find((letter) => place.endsWith(letter) && place.length > letter.length)
  return ending === undefined ? null : ending.replace(/^自治(?=[州县])/, '')
}

/** The level that a place most likely has by its last letters: 市 may be of any, and most are of the middle one. */
export const likelyLevel = (place: string): StartingLevel =>
  (['city', 'province', 'county'] as const).find((level) => levelLetter(place, level) !== null) ?? 'city'

const HEADER = ['单位名称', '简称', '别名', '上级单位', '级别', '分组', '承继单位']

/** The names of a department that go with its level: only where it is a 厅 is it called one. */
const fitting = (names: readonly string[], name: string): string[] =>
  names.filter((one) => !/[厅局]$/.test(one) || one.endsWith('厅') === name.endsWith('厅'))

/**
 * The usual departments of one government as a list to be looked through, in the order in which offices name them.
 * @param place with its level: `霁川市`
 * @param withFormer also those that the reforms of 2018 and 2023 ended, each with who took over
 * @returns lines of cells parted by tabs, the header first
 */
export function startingSet(place: string, level: StartingLevel, withFormer: boolean): string {
  // a municipality (市 of a province's rank) calls its departments as cities do
  const at = level === 'province' && !place.endsWith('市') ? 0 : level === 'county' ? 2 : 1
  const letter = levelLetter(place, level) ?? place.slice(-1)
  const government = `${place}人民政府`
  const lines = [HEADER, [government, `${letter}政府`, `${place}政府`, '', UNIT_LEVEL_TITLES[level], '', '']]
  const called = new Set([government, `${letter}政府`, `${place}政府`])
  const free = (name: string) => !called.has(name) && called.add(name)
  for (const { name: group, ofParty, departments } of GROUPS) {
    const before = ofParty ? '委' : ''
    for (const { names, short, also = [] } of departments) {
      const name = names[at]
      if (name === null || name === undefined) continue
      const full = `${place}${before}${name}`
      if (!free(full)) continue
      const brief = `${letter}${before}${short?.[at] ?? name}`
      const others = [name, ...fitting(also, name)].map((one) => `${letter}${before}${one}`)
      if (ofParty) others.push(`中共${place}${before}${name}`)
      const shortName = free(brief) ? brief : ''
      lines.push([
        full,
        shortName,
        others.filter(free).join('、'),
        ofParty ? '' : government,
        UNIT_LEVEL_TITLES[level],
        group,
        '',
      ])
    }
  }
  if (withFormer)
    for (const { names, successor, reform, also = [] } of FORMER) {
      const [name, heir] = [names[at], successor[at]]
      if (!name || !heir || !called.has(`${place}${heir}`) || !free(`${place}${name}`)) continue
      const others = [name, ...fitting(also, name)].map((one) => `${letter}${one}`).filter(free)
      const group = `${reform}年机构改革前`
      lines.push([
        `${place}${name}`,
        '',
        others.join('、'),
        government,
        UNIT_LEVEL_TITLES[level],
        group,
        `${place}${heir}`,
      ])
    }
  for (const name of LOWER_GOVERNMENTS[level]) lines.push([name, '', '', '', '', '', ''])
  return lines.map((cells) => cells.join('\t')).join('\n')
}
