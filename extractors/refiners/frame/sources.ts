import { cover } from './sources/cover.ts'
import { besideNumber, beforeWhole, between, nothing, underControl, wordBefore } from './sources/compared.ts'
import { nounCounted } from './sources/counted-noun.ts'
import { ofIndustry } from './sources/industry.ts'
import { ownerOfBody } from './sources/owner-of-body.ts'
import { ownerOfMeasure } from './sources/owner-of-measure.ts'
import { headOfList, headOfTwin, verbOfList, wordsOfList } from './sources/list-verb.ts'
import { nounBehind, worksOfSum } from './sources/number-behind.ts'
import { objectOfPlan, objectOfVerb } from './sources/only-verb.ts'
import { countedInSentenceBefore, headingOfItem, workOfInvestment, workOfVerb } from './sources/owner-above.ts'
import {
  overlapWithNumber,
  overlapWithPart,
  ownerOfRate,
  patientOfAct,
  perHead,
  rateOfGroups,
  repeatedTail,
} from './sources/owner-of-rate.ts'
import { measureOfPlace } from './sources/place.ts'
import { placeOfList } from './sources/place-of-list.ts'
import { rateOfPart } from './sources/rate-of-part.ts'
import { sameName } from './sources/same-name.ts'
import { ownerOfShare, shareOfCounted } from './sources/share-of.ts'
import { ownerOfPart, shareOfThose } from './sources/share-of-those.ts'
import { sizeOfWork, workBehindSize } from './sources/sized-work.ts'
import { topic } from './sources/topic.ts'
import { unitOfList } from './sources/unit-of-list.ts'
import type { Source } from './situation.ts'

/** Sources that answer one question, the likeliest first: the first of them that finds anything fills the frame. */
export type Question = readonly Source[]

/** In which unit, asked before all else and from the last number to the first: names are dealt out by it. */
export const UNIT_OF_LIST: Question = [unitOfList]

/** What the number behind tells, asked before all others and from the last number to the first: a noun may be lent from one to the next. */
export const BEHIND: Question = [nounBehind, workBehindSize]

/** What the numbers and parts beside a number tell, in the order in which it is asked. */
export const BESIDE: readonly Question[] = [
  // Whose it is, or of what it is the same.
  [
    sizeOfWork,
    placeOfList,
    sameName,
    objectOfVerb,
    objectOfPlan,
    ownerOfShare,
    ownerOfPart,
    ownerOfBody,
    ownerOfMeasure,
    rateOfGroups,
    patientOfAct,
    ownerOfRate,
    overlapWithNumber,
    overlapWithPart,
    perHead,
    repeatedTail,
    measureOfPlace,
  ],
  // What is done, where the list says it once.
  [headOfList, headOfTwin, wordsOfList, verbOfList],
  // What is counted or rated, where an earlier number says it.
  [rateOfPart],
  [worksOfSum],
  [nounCounted],
  [shareOfCounted],
]

/** What stands above: the name before the colon, the work of the sentence, the sentence before, the heading. Asked when every number has its own name. */
export const ABOVE: readonly Question[] = [
  [topic],
  [ofIndustry, workOfInvestment, workOfVerb, countedInSentenceBefore, headingOfItem],
  [cover, shareOfThose],
]

/** How the value compares. Asked last, of the numbers that have a name; where nothing says it, it is the least. */
export const COMPARED: Question = [beforeWhole, underControl, between, besideNumber, nothing, wordBefore]
