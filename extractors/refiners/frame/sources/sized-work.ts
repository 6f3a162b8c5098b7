import { wordsIn } from '../frame.ts'
import type { Source } from '../situation.ts'

/** What tells between a count and an amount that both are of one work: 42条**、总长度**31公里. */
const SIZE_BETWEEN = /^[、,](?:总|全)?(?:长度?|面积|里程|建筑面积|规模|装机)?(?:共?计|[约达超])?$/
/** The same before the amount alone. */
const SIZE = /^(?:总|全)?(?:长度?|面积|里程|建筑面积|规模|装机)(?:共?计)?$/

/** 「完成**42条**、总长度31公里的道路改造」: the work stands behind the amount. */
export const workBehindSize: Source = (frame, { view, draft, next }) => {
  if (!next || next.fragment !== draft.fragment || wordsIn(frame, 'noun') !== '') return null
  if (frame.unit.kind !== 'counter' || frame.name !== wordsIn(frame, 'verb')) return null
  if (!SIZE_BETWEEN.test(view.text.slice(draft.quantity.end, next.quantity.start))) return null
  const noun = view.text[next.right.start] === '的' ? wordsIn(next.frame, 'noun') : ''
  return noun === '' ? null : { from: 'number-behind', rule: 'sized', slots: { noun } }
}

/** 「完成42条、总长度**31公里**的道路改造」: how long it is says the amount, and the verb of the count is that of both. */
export const sizeOfWork: Source = (frame, { draft, previous }) => {
  if (!previous || previous.fragment !== draft.fragment || !SIZE.test(wordsIn(frame, 'thing'))) return null
  if (previous.frame.slots.noun?.rule !== 'sized') return null
  return { from: 'number-before', rule: 'sized', slots: { verb: wordsIn(previous.frame, 'verb'), thing: '' } }
}
