import type { DocumentContext, Draft, Refiner, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import { renamed, verbAndThing } from './frame/frame.ts'
import { areSideBySide } from './frame/situation.ts'
import { stripClosing, stripOpening } from './words.ts'

/** 按季度, 各季度, 一、二、三、四季度: said before four values, it deals one out to each quarter. */
const QUARTERS = /(?:[按每各]|四个?)季度?末?|(?:第?一、?第?二、?第?三、?第?四|1[-—~至]4)个?季度末?/
const LAST_DAYS = ['03-31', '06-30', '09-30', '12-31']

/** 按季度分别完成20%、45%、80%和100%: four values that rise, behind the word for the quarters, are due at their ends. */
export const byQuarter: Refiner = {
  name: 'by-quarter',
  reads: ['after', 'before', 'fragment', 'frame', 'left', 'quantity'],
  writes: ['deadline', 'deadlineBasis', 'frame'],
  run: (view, context) => {
    const drafts = standing(view)
    for (let at = 0; at + LAST_DAYS.length <= drafts.length; at++) {
      const group = drafts.slice(at, at + LAST_DAYS.length)
      const said = wordsOfQuarters(view, group)
      const year = said && yearBefore(view, said.start, context)
      if (!said || !year) continue
      const name = nameBehind(view, said.end, group[0] as Draft)
      group.forEach((draft, quarter) => {
        if (name !== '')
          draft.frame = renamed(draft.frame, {
            from: 'list',
            rule: 'by-quarter',
            slots: verbAndThing(name),
            range: { start: said.end, end: draft.left.end },
          })
        draft.deadline = `${year}-${LAST_DAYS[quarter] as string}`
        draft.deadlineBasis = 'explicit'
        draft.reasons.deadline = { range: said, rule: 'by-quarter' }
      })
      at += LAST_DAYS.length - 1
    }
  },
}

/** Where the quarters are named before a group of four rising values of one unit; null where it is no such group. */
function wordsOfQuarters(view: SentenceView, group: readonly Draft[]): Draft['left'] | null {
  const [first] = group as [Draft]
  const rises = group.every((draft, index) => {
    const before = group[index - 1]
    return (
      !before || (areSideBySide(view, before, draft) && Number(draft.quantity.value) > Number(before.quantity.value))
    )
  })
  const part = view.fragments[first.fragment]
  const found = rises && part ? QUARTERS.exec(view.text.slice(part.start, first.quantity.start)) : null
  if (!part || !found) return null
  const start = part.start + found.index
  return { start, end: start + found[0].length }
}

/** 应分别完成投资: what all four are of, as it stands behind the quarters. */
function nameBehind(view: SentenceView, from: number, { before, quantity }: Draft): string {
  const words = view.text.slice(from, before?.start ?? quantity.start).replace(OUGHT, '')
  return stripClosing(stripOpening(words))
}
const OUGHT = /^(?:应当?|须|要|力争|确保|分别)+/

/** The year that governs a place: that of the last time before it, else the document's. */
function yearBefore(view: SentenceView, place: number, { year }: DocumentContext): string | null {
  const named = view.times.findLast(({ end }) => end <= place)?.last.slice(0, 4)
  return named ?? (year === null ? null : String(year))
}
