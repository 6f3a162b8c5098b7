import { AIM_HEADING, REPORT_HEADING } from '../lexicon/headings.ts'
import type { Heading } from '../structure/types.ts'
import { beginsWithTask, titleOf } from './heading-title.ts'
import type { ToldParts } from './told-parts.ts'

/**
 * Whether a place in the outline lies in a part that reports: under 发展现状, 主要成效, 面临形势. The innermost heading that
 * tells a tense decides: 第一节 发展基础 reports though its chapter is called 总体形势和思路目标, a 目标 under 现状 does not. A part
 * whose heading says nothing reports where its sentences do (`toldParts`).
 */
export function inReportPart(path: readonly Heading[], { toldParts }: { toldParts: ToldParts }): boolean {
  const known = reporting.get(path)
  if (known !== undefined) return known
  const reports = endsInReport(path, toldParts)
  reporting.set(path, reports)
  return reports
}
/** What was found of each place: asked for every number and every date there. */
const reporting = new WeakMap<readonly Heading[], boolean>()

function endsInReport(path: readonly Heading[], toldParts: ToldParts): boolean {
  for (let i = path.length - 1; i >= 0; i--) {
    const heading = path[i] as Heading
    const says = saidBy(heading)
    if (says !== 'nothing') return says === 'report'
    if (toldParts.has(heading)) return true
  }
  return path.length === 0 && toldParts.opening
}

type Says = 'aims' | 'report' | 'nothing'
/** What each heading says of what stands below it: asked for every number there. */
const said = new WeakMap<Heading, Says>()

function saidBy(heading: Heading): Says {
  const known = said.get(heading)
  if (known !== undefined) return known
  const title = titleOf(heading)
  const reports = REPORT_HEADING.test(title) && !beginsWithTask(title)
  const says = AIM_HEADING.test(title) ? 'aims' : reports ? 'report' : 'nothing'
  said.set(heading, says)
  return says
}
