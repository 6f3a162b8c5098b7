import type { FoundQuantity } from '../../parsers/quantity-types.ts'
import type { Range } from '../../text/reading-text.ts'
import type { Operator } from '../../types.ts'
import { leadingVerb } from '../verb-words.ts'

/**
 * The slots of a frame that make its name, in the order in which a name says them:
 * `owner` whose measure it is or what a later verb is done to (**茶叶**产量, **园区**新增), a per-head base too (**每千人口**床位数);
 * `place` where, or for whom (**城区**新增点位);
 * `verb` what is done (**建成**县道);
 * `thing` what is measured or done, as it stands before the number (森林覆盖率, 建成**县道**256公里);
 * `noun` what is counted, as it stands behind the number (8块**绿地**);
 * `measure` what is said of them (乡镇卫生院**设置中医馆**, 农村**污水处理率**);
 * `tail` what closes the list that it is a part of (等**项目建设**).
 *
 * Two more slots say how the value is to be taken and stand in no name: `comparator` (the least, the most, about, between)
 * and `unit` (what it is measured in). When it is due is no slot: how far a date reaches is told by the sentences, items
 * and sections before, in their order (deadline-inherited), and not by what stands around one number, which is all that a
 * source sees.
 */
export const SLOTS = ['owner', 'place', 'verb', 'thing', 'noun', 'measure', 'tail'] as const
export type Slot = (typeof SLOTS)[number]

/**
 * Where a slot was found: in the number's own part, at the number before or behind it, in a part without a number before
 * it, in the list that it stands in, in the sentence before, in a heading, in its row, its column or the caption of its
 * table; or nowhere, where it is assumed.
 */
export type From =
  | 'own'
  | 'number-before'
  | 'number-behind'
  | 'part-before'
  | 'list'
  | 'sentence-before'
  | 'heading'
  | 'row'
  | 'column'
  | 'caption'
  | 'assumed'

/** Where a slot was found, and the rule that found it. */
interface Origin {
  from: From
  rule: string
}

/** What fills a slot of the name. */
interface Filling extends Origin {
  words: string
}

/** The slots of a name, each there even where nothing fills it: one form of object is asked fastest. */
type Slots = Record<Slot, Filling | undefined>

/** How the value compares; `range` is where the words stand that say so, null where none do. */
interface Comparison {
  op: Operator
  range: Range | null
}

/** What the value is measured in, empty where it has no unit; `range` is where that stands, null where in no words of the text. */
interface Unit {
  words: string
  kind: FoundQuantity['kind']
  range: Range | null
}

/** What a number is about, slot by slot. It is never changed: {@link filled} makes another. */
export interface Frame {
  readonly slots: Readonly<Slots>
  /** The indicator: what all slots say together. */
  readonly name: string
  /** The words of the text that gave most of it; null where no words of the text did. */
  readonly range: Range | null
  readonly comparator: Comparison & Origin
  readonly unit: Unit & Origin
}

type SlotWords = Partial<Record<Slot, string>>

/** Words for slots, found in one place. A slot that is not named keeps what it has; an empty word empties it. */
export interface Fill extends Origin {
  slots?: SlotWords
  /** Words that the frame has already and that move to another slot; they keep their source. */
  moved?: SlotWords
  /** The words of the text that the name is now mainly from, where these are others. */
  range?: Range | null
  comparator?: Comparison
  unit?: Unit
}

const NO_SLOTS: Slots = {
  owner: undefined,
  place: undefined,
  verb: undefined,
  thing: undefined,
  noun: undefined,
  measure: undefined,
  tail: undefined,
}
const EMPTY_FRAME: Frame = {
  slots: NO_SLOTS,
  name: '',
  range: null,
  comparator: { op: '>=', range: null, from: 'assumed', rule: 'none-stated' },
  unit: { words: '', kind: 'bare', range: null, from: 'assumed', rule: 'none-stated' },
}

/** The name that slots make. Nothing else puts a name together. */
function nameOf(slots: Slots): string {
  let name = ''
  for (const slot of SLOTS) {
    const filling = slots[slot]
    if (filling) name += filling.words
  }
  return name
}

/** The frame with what was found for it. */
export function filled(frame: Frame, fill: Fill): Frame {
  const { from, rule, comparator, unit } = fill
  const renames = fill.slots !== undefined || fill.moved !== undefined
  const slots = renames ? slotsFilled(frame, fill) : frame.slots
  const made = {
    ...frame,
    slots,
    name: renames ? nameOf(slots) : frame.name,
    range: !renames || fill.range === undefined ? frame.range : fill.range,
  }
  if (comparator) made.comparator = { op: comparator.op, range: comparator.range, from, rule }
  if (unit) made.unit = { words: unit.words, kind: unit.kind, range: unit.range, from, rule }
  return made
}

const slotsFilled = (frame: Frame, fill: Fill): Slots => ({
  owner: fillingOf('owner', frame, fill),
  place: fillingOf('place', frame, fill),
  verb: fillingOf('verb', frame, fill),
  thing: fillingOf('thing', frame, fill),
  noun: fillingOf('noun', frame, fill),
  measure: fillingOf('measure', frame, fill),
  tail: fillingOf('tail', frame, fill),
})

/** What a slot of a frame holds when the frame has been filled. */
function fillingOf(slot: Slot, frame: Frame, { from, rule, slots, moved }: Fill): Filling | undefined {
  const found = slots?.[slot]
  if (found !== undefined) return found === '' ? undefined : { words: found, from, rule }
  const kept = moved?.[slot]
  if (kept !== undefined) return kept === '' ? undefined : { words: kept, from: 'own', rule: 'own' }
  return frame.slots[slot]
}

/** A frame that one source fills. */
export const frameFrom = (fill: Fill): Frame => filled(EMPTY_FRAME, fill)

/** The frame under another name, of which one source fills every slot. */
export const renamed = (frame: Frame, fill: Fill): Frame =>
  filled({ ...frame, slots: NO_SLOTS, name: '', range: null }, fill)

/** The frame of a number of which nothing is known but the unit that stands behind it. */
export const frameOfQuantity = ({ unit, kind, valueEnd, end }: FoundQuantity): Frame =>
  frameFrom({ from: 'own', rule: 'unit-of-measure', unit: { words: unit, kind, range: { start: valueEnd, end } } })

/** The words in a slot, empty where there are none. */
export const wordsIn = ({ slots }: Frame, slot: Slot): string => slots[slot]?.words ?? ''

/** The words of all slots, for a number that is about the same as another. */
export const allWords = (frame: Frame): Record<Slot, string> => ({
  owner: wordsIn(frame, 'owner'),
  place: wordsIn(frame, 'place'),
  verb: wordsIn(frame, 'verb'),
  thing: wordsIn(frame, 'thing'),
  noun: wordsIn(frame, 'noun'),
  measure: wordsIn(frame, 'measure'),
  tail: wordsIn(frame, 'tail'),
})

/** What stands before the counted noun. */
export const beforeNoun = (frame: Frame): string =>
  wordsIn(frame, 'owner') + wordsIn(frame, 'place') + wordsIn(frame, 'verb') + wordsIn(frame, 'thing')

/** The counted noun with what is said of it, empty where nothing is counted behind the number. */
export function fromNoun(frame: Frame): string {
  const noun = wordsIn(frame, 'noun')
  return (noun === '' ? '' : noun + wordsIn(frame, 'measure')) + wordsIn(frame, 'tail')
}

/** The verb that the name opens with; empty where something stands before it. */
export const openingVerb = (frame: Frame): string =>
  wordsIn(frame, 'owner') === '' && wordsIn(frame, 'place') === '' ? wordsIn(frame, 'verb') : ''

/** The name without the verb that opens it. */
export const withoutVerb = (frame: Frame): string => frame.name.slice(openingVerb(frame).length)

/** A name as slots: the verb that opens it, and the thing. */
export function verbAndThing(name: string): { verb: string; thing: string } {
  const verb = leadingVerb(name)
  return { verb, thing: name.slice(verb.length) }
}

/** Where the words of each slot came from, for who asks why a name was read so: `verb ← list/verb, thing ← own`. */
export function sourcesOf({ slots }: Frame): string {
  let sources = ''
  for (const slot of SLOTS) {
    const filling = slots[slot]
    if (!filling) continue
    sources += `${sources === '' ? '' : ', '}${slot} ← ${originOf(filling)}`
  }
  return sources
}

/** Where one slot was found, and by which rule: `list/verb`. */
export const originOf = ({ from, rule }: Origin): string => (rule === from ? from : `${from}/${rule}`)
