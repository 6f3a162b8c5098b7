import type { UnitNames } from '../types.ts'
import type { DocumentContext, Refiner, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import { unitsFor } from '../structure/units-for.ts'
import { actorsAt, bodyOfClause, type Actors } from './actors.ts'

/** A unit as the subject of a sentence: 市教育局, 各县(市、区)政府, 省直有关部门, 园区管委会. */
const ACTOR =
  /^((?:[各市省县区州]|国家|国务院)?[^,。;:、(]{0,14}(?:\([^)]{1,8}\))?[^,。;:、]{0,10}?(?:人民政府|政府|管委会|领导小组|委员会|办公室|部门|单位|县市区|县区|县\(市、区\)|县\(区\)|市\(州\)|市州|[局委厅部办]|[支总]队))(?:[要应须于在对]|负责|牵头|会同|每年|必须|\d{4}年|力争|确保)/

/** 市交通运输局、市公安局交警支队要…: those before the last actor. */
const LISTED = /^(?:[省市县区州国][\u4e00-\u9fff]{2,14}?(?:[局委厅部]|[支总]队)、){1,5}/
const NUMERAL = /^[一二三四五六七八九十]{1,3}、/

/** Units of the tag or table row that governs the sentence; without one, the unit that the sentence makes its actor. */
export const units: Refiner = {
  name: 'units',
  reads: ['quantity', 'units'],
  writes: ['units'],
  run: (view, context) => {
    const drafts = standing(view)
    for (const draft of drafts) {
      const tag = unitsFor(context.document, { start: draft.quantity.start, end: draft.quantity.end })
      if (tag) {
        draft.units = { lead: tag.lead, responsible: tag.responsible, support: tag.support }
        draft.reasons.units = { range: { start: tag.start, end: tag.end }, rule: `units/tag-${tag.form}` }
        continue
      }
      const actors =
        actorsAt(view, draft.quantity.start) ?? subjectOf(view) ?? bodyOfClause(view) ?? nameAbove(view, context)
      if (actors) {
        const { range, ...units } = actors
        draft.units = units
        draft.reasons.units = { range, rule: 'units/actor' }
      } else if (draft.units.responsible.length === 0) {
        draft.reasons.units = { range: null, rule: 'units/none-stated' }
      }
    }
  },
}

/** 青石镇 / 新建泵房12座: the name in the line above, where names and tasks take turns. */
function nameAbove({ text, clause }: SentenceView, { namesAbove }: DocumentContext): Actors | null {
  const range = namesAbove.get(clause)
  return range ? { lead: [], responsible: [text.slice(range.start, range.end).trim()], support: [], range } : null
}

/** The units that a sentence begins with as its subject, by the form of their names alone. */
function subjectOf(view: SentenceView): Actors | null {
  const words = view.text.slice(view.sentence.start, view.sentence.start + 48)
  const label = /^(?:\(?[一二三四五六七八九十\d]+\)?[、.)])?/.exec(words)?.[0].length ?? 0
  const first = label + (NUMERAL.exec(words.slice(label))?.[0].length ?? 0)
  const listed = LISTED.exec(words.slice(first))?.[0] ?? ''
  const found = ACTOR.exec(words.slice(first + listed.length))
  if (!found) return null
  const name = found[1] as string
  const start = view.sentence.start + first
  const names = [...listed.split('、').filter((each) => each !== ''), name]
  return { lead: [], responsible: names, support: [], range: { start, end: start + listed.length + name.length } }
}

/** 5月20日前,各区要完成…: the actor behind a time, in its own part or, where that is the time alone, in the next. */
function actorsBehind(view: SentenceView, end: number): Actors | null {
  const part = view.fragments.find((fragment) => fragment.end > end)
  return part ? actorsAt(view, part.end) : null
}

/** Units for a range outside any draft (a milestone's date). */
export function unitsAt(
  view: SentenceView,
  context: DocumentContext,
  range: { start: number; end: number },
): UnitNames {
  const tag = unitsFor(context.document, range)
  if (tag) return { lead: tag.lead, responsible: tag.responsible, support: tag.support }
  const actors =
    actorsAt(view, range.start) ??
    actorsBehind(view, range.end) ??
    subjectOf(view) ??
    bodyOfClause(view) ??
    nameAbove(view, context)
  return { lead: actors?.lead ?? [], responsible: actors?.responsible ?? [], support: actors?.support ?? [] }
}
