/**
 * Reads `source/*.txt`: documents as they are written, with annotations on `>>` lines after the words they speak of.
 * README.md has the form. Anything unreadable throws with file and line.
 */
import type { DeadlineBasis, Measure, Operator, UnitNames } from '../../extractors/types.ts'

type Baseline = { value: number | null; unit: string | null; period: string | null }

interface AnnotationBase extends UnitNames {
  doc: string
  deadline: string | null
  basis: DeadlineBasis
  optional: boolean
  /** Offsets into {@link Source.text}: of the anchor, its end, and the value, date or tag in it. */
  start: number
  end: number
  at: number
  /** Hints for the invented results: `fate=behind base=12`. */
  hints: Record<string, string>
}

export interface QuantityNote extends AnnotationBase {
  kind: 'quantity'
  indicator: string
  op: Operator
  value: number | [number, number]
  unit: string
  measure: Measure
  per: 'year' | null
  baseline: Baseline | null
}
export interface MilestoneNote extends AnnotationBase {
  kind: 'milestone'
  task: string
}
export interface DutyNote extends AnnotationBase {
  kind: 'duty'
  clause: string
}
export type Note = QuantityNote | MilestoneNote | DutyNote

/** `lead` is the unit to which 立项 gives what the document gives to nobody. */
export interface SourceDocument {
  number: string
  title: string
  issuer: string
  issuedOn: string
  start: number
  end: number
  lead: string
}

export interface Source {
  name: string
  format: 'txt' | 'docx' | 'pdf'
  /** Set for a gazette: running head, issue and letters a line. */
  gazette: { head: string; issue: string; width: number } | null
  /** The words alone, one paragraph a line; a line of a gazette that stands for itself begins with `~`, not kept here. */
  text: string
  /** Offsets of the lines that stand for themselves. */
  standing: Set<number>
  documents: SourceDocument[]
  notes: Note[]
}

const BASIS: Record<string, DeadlineBasis> = { e: 'explicit', i: 'inherited', d: 'document', n: 'none' }
const EMPTY: UnitNames = { lead: [], responsible: [], support: [] }

/** Last day of `2025`, `2025-06` or `2025-06-30`; null for `-`. */
function lastDay(words: string): string | null {
  if (words === '-') return null
  const [year, month, day] = words.split('-')
  if (day) return words
  if (!month) return `${year}-12-31`
  return new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10)
}

/** Splits at 、 but not inside brackets: 各县（市、区）人民政府 is one name. */
function splitNames(words: string): string[] {
  const names: string[] = []
  let depth = 0
  let name = ''
  for (const c of words) {
    if (c === '（') depth++
    if (c === '）') depth--
    if (c === '、' && depth === 0) {
      names.push(name)
      name = ''
    } else name += c
  }
  return [...names, name].filter(Boolean)
}

/** `a=b c=d flag` → a record; a flag has the value ''. Values hold no blanks. */
function hintsOf(words: string): Record<string, string> {
  const hints: Record<string, string> = {}
  for (const word of words.split(' ').filter(Boolean)) {
    const at = word.indexOf('=')
    hints[at < 0 ? word : word.slice(0, at)] = at < 0 ? '' : word.slice(at + 1)
  }
  return hints
}

function unitsOf(hints: Record<string, string>, fallback: UnitNames): UnitNames {
  if (!('L' in hints) && !('R' in hints) && !('S' in hints)) return fallback
  return { lead: splitNames(hints.L ?? ''), responsible: splitNames(hints.R ?? ''), support: splitNames(hints.S ?? '') }
}

function baselineOf(words: string | undefined): Baseline | null {
  if (!words) return null
  const [value, unit, period] = words.split(',')
  const stated = (s: string | undefined) => (!s || s === '-' ? null : s)
  return { value: stated(value) === null ? null : Number(value), unit: stated(unit), period: stated(period) }
}

export function parseSource(name: string, raw: string): Source {
  const source: Source = { name, format: 'txt', gazette: null, text: '', standing: new Set(), documents: [], notes: [] }
  let tag: UnitNames = EMPTY
  let holds = false
  raw.split('\n').forEach((line, i) => {
    const fail = (why: string): never => {
      throw new Error(`${name}:${i + 1}: ${why}: ${line}`)
    }
    const rest = line.slice(line.indexOf(' ') + 1).trim()
    if (line.startsWith('@as ')) source.format = rest as Source['format']
    else if (line.startsWith('@gazette ')) {
      const [head = '', issue = '', width = ''] = rest.split(' | ')
      source.gazette = { head, issue, width: Number(width) }
    } else if (line.startsWith('@doc ')) {
      const [number = '', title = '', issuer = '', issuedOn = '', lead = ''] = rest.split(' | ')
      closeDocument(source)
      source.documents.push({ number, title, issuer, issuedOn, start: source.text.length, end: -1, lead })
    } else if (line.startsWith('>>')) {
      const note = readNote(source, line, tag, fail)
      if (note.kind === 'duty') {
        tag = { lead: note.lead, responsible: note.responsible, support: note.support }
        holds = 'holds' in note.hints
      }
      source.notes.push(note)
    } else {
      if (!holds || line === '') {
        tag = EMPTY
        holds = false
      }
      if (line.startsWith('~')) source.standing.add(source.text.length)
      source.text += `${line.startsWith('~') ? line.slice(1) : line}\n`
    }
  })
  source.text = `${source.text.trimEnd()}\n`
  closeDocument(source)
  return source
}

function closeDocument(source: Source): void {
  const last = source.documents.at(-1)
  if (last) last.end = source.text.length
}

function readNote(source: Source, line: string, tag: UnitNames, fail: (why: string) => never): Note {
  const document = source.documents.at(-1) ?? fail('no document yet')
  const cells = line
    .slice(3)
    .split(' | ')
    .map((cell) => cell.trim())
  if (line.startsWith('>>D')) {
    // An anchor is the last cell of a duty and may hold blanks of a table row, so it is cut off by hand.
    const anchorCell = cells.find((cell) => cell.startsWith('anchor='))
    const hints = hintsOf(
      cells
        .slice(1)
        .filter((cell) => cell !== anchorCell)
        .join(' '),
    )
    const lineStart = source.text.lastIndexOf('\n', source.text.length - 2) + 1
    const start = anchorCell
      ? source.text.lastIndexOf(anchorCell.slice('anchor='.length))
      : tagStart(source.text, lineStart)
    if (start < document.start) fail('tag not found')
    return {
      kind: 'duty',
      clause: cells[0] ?? '',
      doc: document.number,
      ...unitsOf(hints, EMPTY),
      deadline: lastDay(hints.due ?? '-'),
      basis: 'none',
      optional: false,
      start,
      end: start + 1,
      at: start,
      hints,
    }
  }
  const quantity = line.startsWith('>>Q')
  const [label = '', amount = '', ...others] = quantity ? cells : [cells[0] ?? '', '', ...cells.slice(1)]
  const [when = '', anchorWords = '', extra = ''] = others
  const [day = '-', basis = 'n'] = when.split(' ')
  const mark = anchorWords.indexOf('*')
  const anchor = anchorWords.replace('*', '')
  const start = source.text.lastIndexOf(anchor)
  if (mark < 0 || start < document.start) fail('anchor not found')
  const hints = hintsOf(extra)
  const common = {
    doc: document.number,
    ...unitsOf(hints, tag),
    deadline: lastDay(day),
    basis: BASIS[basis] ?? fail('unknown basis'),
    optional: 'opt' in hints,
    start,
    end: start + anchor.length,
    at: start + mark,
    hints,
  }
  if (!quantity) return { kind: 'milestone', task: label, ...common }
  const [op = '', number = '', unit = '', measure = 'level', per] = amount.split(' ')
  const [low, high] = number.split('-').map(Number)
  return {
    kind: 'quantity',
    indicator: label,
    op: op as Operator,
    value: op === 'range' ? [low ?? NaN, high ?? NaN] : Number(number),
    unit: unit === '-' ? '' : unit,
    measure: measure as Measure,
    per: per === 'year' ? 'year' : null,
    baseline: baselineOf(hints.b),
    ...common,
  }
}

/** Start of the bracket that closes the last paragraph: the last one outside brackets. */
function tagStart(text: string, lineStart: number): number {
  let depth = 0
  for (let i = text.length - 1; i >= lineStart; i--) {
    const c = text[i]
    if (c === '）' || c === '〕') depth++
    if (c === '（' || c === '〔') {
      depth--
      if (depth === 0) return i
    }
  }
  return -1
}
