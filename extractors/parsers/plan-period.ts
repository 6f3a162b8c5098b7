import { FIVE_YEAR_PLANS, NAMED_YEARS } from '../lexicon/periods.ts'
import { lastOfYear } from './calendar.ts'
import { CharacterSet } from './character-set.ts'
import type { TimeCore } from './time-core.ts'

const PLAN = /(“?)(十[一二三四五六]?五|九五)(”?)(?:规划期?|计划)?/y
/** 第十二个五年规划. */
const ORDINAL = /第(十[一二三四五六]?)个五年(?:规划|计划)(?:纲要)?(?:期间|时期)?/y
const NAMES = Object.keys(NAMED_YEARS)
const BEGINS = new CharacterSet(['第', '“', '十', '九', ...NAMES.map((name) => name[0] as string)])
/** What stands behind a plan's name where the period is meant, not the plan as a document. */
const PERIOD_BEHIND =
  /期间|时期|期末|末期|[末期,、。;]|以来|初期|中期|前[三四两]年|后[三四两]年|(?=(?:主要|总体|发展)?(?:目标|任务)|(?:时期)?经济社会发展)/y

/** `“十三五”期间`, `“十四五”末`, `十三五期末`, `本世纪中叶`. The plan's name alone inside 《》 or before 规划 is a title. */
export function readPlan(text: string, at: number): TimeCore | null {
  if (!BEGINS.holds(text, at)) return null
  const name = NAMES.find((word) => text.startsWith(word, at))
  if (name) {
    const year = NAMED_YEARS[name] as number
    return {
      end: at + name.length,
      first: `${year}-01-01`,
      last: lastOfYear(year),
      relative: false,
      rule: 'plan-period/named',
      role: 'limit',
    }
  }
  ORDINAL.lastIndex = at
  const ordinal = ORDINAL.exec(text)
  if (ordinal) {
    const last = FIVE_YEAR_PLANS[`${ordinal[1]}五`]
    if (last !== undefined)
      return {
        end: ORDINAL.lastIndex,
        first: `${last - 4}-01-01`,
        last: lastOfYear(last),
        relative: false,
        rule: 'plan-period/ordinal',
        role: 'during',
      }
  }
  PLAN.lastIndex = at
  const found = PLAN.exec(text)
  if (!found) return null
  const year = FIVE_YEAR_PLANS[found[2] as string]
  if (year === undefined || (found[1] === '“') !== (found[3] === '”')) return null
  // 百分之八十五: the end of a number.
  if (found[1] === '' && /[一二三四五六七八九十百千之第]/.test(text[at - 1] ?? '')) return null
  PERIOD_BEHIND.lastIndex = PLAN.lastIndex
  const behind = PERIOD_BEHIND.exec(text)
  if (!behind) return null
  const end = /^[,、。;]/.test(behind[0]) ? PLAN.lastIndex : PERIOD_BEHIND.lastIndex
  const beginning = behind[0].startsWith('初')
  const last = beginning ? year - 4 : year
  return {
    end,
    first: `${year - 4}-01-01`,
    last: lastOfYear(last),
    relative: false,
    rule: 'plan-period',
    role: /末/.test(behind[0]) ? 'limit' : 'during',
  }
}
