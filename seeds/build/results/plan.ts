/** What is to become of a target: decided by the hints of the source, else by its deadline. */
import type { Frequency } from '../../../db/domain/dates.ts'
import type { YearPart } from '../../../db/domain/expected.ts'
import { DEMO_TODAY } from '../../schema.ts'
import type { Note, SourceDocument } from '../source.ts'

export type Fate = 'done' | 'done-late' | 'overdue' | 'behind' | 'due-soon' | 'normal' | 'unreported'

export interface Plan {
  note: Note
  document: SourceDocument
  fate: Fate
  startOn: string
  /** A run of the document that tells where it stands. */
  quote: string
  /** The day that 立项 confirmed, before any 延期. */
  written: string | null
  /** The day that counts today. */
  deadline: string | null
  frequency: Frequency
  /** Value at the start where it is known. */
  baseline: number | null
  /** 序时进度: from the year of issue on. */
  years: YearPart[]
  /** 延期: the day asked for, and how it was decided. */
  extension: { deadline: string; status: 'asked' | 'granted' | 'refused' | 'withdrawn' } | null
}

const FATES = new Set<string>(['done', 'done-late', 'overdue', 'behind', 'due-soon', 'normal', 'unreported'])

/** The target's one number; the low end of a range; null for a milestone or duty. */
export const goalValue = (note: Note): number | null =>
  note.kind !== 'quantity' ? null : Array.isArray(note.value) ? note.value[0] : note.value

/** Null for what is not followed up by itself: optional items and duties without a hint. */
export function planOf(note: Note, document: SourceDocument, text: string): Plan | null {
  const { hints } = note
  if (!('fate' in hints) && (note.optional || note.kind === 'duty')) return null
  const extension = extensionOf(hints.ext)
  const written = hints.due && note.kind !== 'duty' ? hints.due : note.deadline
  const deadline = extension?.status === 'granted' ? extension.deadline : written
  const fate = hints.fate ?? (deadline !== null && deadline < DEMO_TODAY ? 'done' : 'normal')
  if (!FATES.has(fate)) throw new Error(`${document.number} ${hints.fate}: unknown fate`)
  const stated = note.kind === 'quantity' ? (note.baseline?.value ?? null) : null
  const level = note.kind === 'quantity' && note.measure === 'level'
  return {
    note,
    document,
    fate: fate as Fate,
    startOn: document.issuedOn,
    written,
    deadline,
    quote: quoteOf(text, note),
    frequency: frequencyOf(hints.freq, fate),
    baseline: level ? (stated ?? (hints.base ? Number(hints.base) : null)) : null,
    years: yearsOf(hints.years, document.issuedOn),
    extension,
  }
}

/** The words with as many before them in their paragraph as make them unique in the document. */
function quoteOf(text: string, note: Note): string {
  const end = note.kind === 'duty' ? text.indexOf('\n', note.start) : note.end
  const paragraph = text.lastIndexOf('\n', note.start - 1) + 1
  for (let start = note.start; start > paragraph; start -= 4) {
    const quote = text.slice(Math.max(paragraph, start), end)
    if (text.indexOf(quote) === text.lastIndexOf(quote)) return quote.trim()
  }
  return text.slice(paragraph, end).trim()
}

function yearsOf(words: string | undefined, issuedOn: string): YearPart[] {
  const first = Number(issuedOn.slice(0, 4))
  return (words?.split(',') ?? []).map((value, i) => ({ dueOn: `${first + i}-12-31`, value: Number(value) }))
}

function extensionOf(words: string | undefined): Plan['extension'] {
  const [deadline, status] = words?.split(',') ?? []
  return deadline && status ? { deadline, status: status as 'asked' } : null
}

function frequencyOf(hint: string | undefined, fate: string): Frequency {
  if (hint === 'monthly' || hint === 'quarterly' || hint === 'yearly') return hint
  return fate === 'unreported' ? 'yearly' : 'quarterly'
}
