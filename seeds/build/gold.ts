/** Makes `gold/NAME.jsonl` of a source's notes: raw line numbers and the exact words come from the rendered text. */
import type { Rendered } from './render.ts'
import type { Note, Source } from './source.ts'

/** Longest run of source that an annotation quotes. */
const LONGEST_TEXT = 24

export function goldOf(source: Source, rendered: Rendered): Record<string, unknown>[] {
  const starts = [0]
  for (let i = rendered.text.indexOf('\n'); i >= 0; i = rendered.text.indexOf('\n', i + 1)) starts.push(i + 1)
  const lineOf = (offset: number) => {
    const at = rendered.map[offset] ?? 0
    let line = starts.length
    while ((starts[line - 1] ?? 0) > at) line--
    return line
  }
  const ranges = source.documents.map((d) => ({
    kind: 'range',
    doc: d.number,
    from: lineOf(d.start),
    to: lineOf(d.end - 1),
  }))
  return [...ranges, ...source.notes.map((note) => entry(source, rendered, note, lineOf(note.at)))]
}

function entry(source: Source, rendered: Rendered, note: Note, line: number): Record<string, unknown> {
  const { doc, lead, responsible, support, deadline, optional } = note
  const names = { lead, responsible, support }
  if (note.kind === 'duty') return { kind: 'duty', line, doc, clause: note.clause, ...names, deadline }
  const from = rendered.map[note.start] ?? 0
  const to = rendered.map[note.end] ?? 0
  const text = rendered.text.slice(from, to).replace(/\s/gu, '').slice(0, LONGEST_TEXT)
  const dated = { deadline, deadline_basis: note.basis }
  if (note.kind === 'milestone')
    return { kind: 'milestone', line, doc, task: note.task, ...dated, ...names, optional, text }
  const { indicator, op, value, unit, measure, per, baseline } = note
  return {
    kind: 'quantity',
    line,
    doc,
    indicator,
    op,
    value,
    unit,
    measure,
    per,
    ...dated,
    baseline,
    ...names,
    optional,
    text,
  }
}
