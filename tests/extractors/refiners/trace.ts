import { extract } from '../../../extractors/extract.ts'
import { candidates } from '../../../extractors/refiners/candidates.ts'
import type { Draft, Refiner } from '../../../extractors/refiners/draft.ts'
import type { Frame } from '../../../extractors/refiners/frame/frame.ts'
import { JUDGE, READ } from '../../../extractors/refiners/index.ts'

/** What every step touches of a draft while texts are read. */
export interface Touched {
  reads: Set<string>
  writes: Set<string>
}

/** Fields that say whether a draft stands and why: every step may touch them. */
const VERDICT = new Set(['dropped', 'says', 'reasons', 'evidence', 'doubts'])

/** Reads the texts and notes which fields of the drafts each step truly reads and writes. A mere copy (`{...draft}`) is no reading. */
export function traceSteps(texts: readonly string[]): Map<string, Touched> {
  const touched = new Map<string, Touched>()
  const undo = [candidates, ...READ, ...JUDGE].map((step) => watch(step, touched))
  try {
    for (const text of texts) extract(text)
  } finally {
    for (const restore of undo) restore()
  }
  return touched
}

/**
 * What is found where no step can tell by which rule an earlier one took a number out or filled a field.
 * Their names alone are changed: positions in the text stay.
 */
export function extractWithoutNames<T>(read: () => T): T {
  const steps = [candidates, ...READ, ...JUDGE]
  const runs = steps.map(({ run }) => run)
  steps.forEach((step, i) => {
    step.run = (view, context) => {
      runs[i]!(view, context)
      for (const draft of view.drafts) {
        if (draft.dropped !== null) draft.dropped = 'a rule'
        for (const reason of Object.values(draft.reasons)) reason.rule = 'a rule'
        const { slots, comparator, unit } = draft.frame
        draft.frame = {
          ...draft.frame,
          slots: withoutRules(slots),
          comparator: { ...comparator, rule: 'a rule' },
          unit: { ...unit, rule: 'a rule' },
        }
      }
    }
  })
  try {
    return read()
  } finally {
    steps.forEach((step, i) => (step.run = runs[i]!))
  }
}

const withoutRules = (slots: Frame['slots']): Frame['slots'] =>
  Object.fromEntries(
    Object.entries(slots).map(([slot, filling]) => [slot, filling && { ...filling, rule: 'a rule' }]),
  ) as Frame['slots']

function watch(step: Refiner, touched: Map<string, Touched>): () => void {
  const { run } = step
  const seen: Touched = { reads: new Set(), writes: new Set() }
  touched.set(step.name, seen)
  step.run = (view, context) => {
    const plain = new Map<Draft, Draft>()
    view.drafts = view.drafts.map((draft) => {
      const watched = watchedDraft(draft, seen)
      plain.set(watched, draft)
      return watched
    })
    run(view, context)
    view.drafts = view.drafts.map((draft) => plain.get(draft) ?? draft)
  }
  return () => {
    step.run = run
  }
}

function watchedDraft(draft: Draft, seen: Touched): Draft {
  return watched(draft, {
    read: (key) => {
      // What of a frame is read, its slots tell.
      if (key === 'frame') return watchedFrame(draft.frame, seen)
      if (!VERDICT.has(key)) seen.reads.add(key)
    },
    write: (key, value) => {
      if (key === 'frame') for (const field of changedIn(draft.frame, value as Frame)) seen.writes.add(field)
      else if (!VERDICT.has(key)) seen.writes.add(key)
    },
  })
}

/** Slots of a frame that stand in no name are fields of their own; all others are its name. */
const OWN_FIELDS = ['comparator', 'unit'] as const
const fieldOf = (key: string): string => OWN_FIELDS.find((field) => field === key) ?? 'frame'

const watchedFrame = (frame: Frame, { reads }: Touched): Frame =>
  watched(frame, {
    read: (key) => {
      reads.add(fieldOf(key))
    },
  })

const changedIn = (before: Frame, after: Frame): string[] => [
  ...OWN_FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field])),
  ...(JSON.stringify(before.slots) === JSON.stringify(after.slots) ? [] : ['frame']),
]

/** The same object, of which every field that is read or written is told of. `read` may give something else in its place. */
function watched<T extends object>(
  object: T,
  told: { read: (key: string) => unknown; write?: (key: string, value: unknown) => void },
): T {
  let copied: PropertyKey | null = null
  return new Proxy(object, {
    getOwnPropertyDescriptor(target, key) {
      copied = key
      return Reflect.getOwnPropertyDescriptor(target, key)
    },
    get(target, key) {
      const inPlace = copied === key ? undefined : told.read(String(key))
      copied = null
      return inPlace ?? (Reflect.get(target, key) as unknown)
    },
    set(target, key, value) {
      told.write?.(String(key), value)
      return Reflect.set(target, key, value)
    },
  })
}
