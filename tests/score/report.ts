import type { Score } from './score.ts'
import { ATTRIBUTES, FIGURES } from './tally.ts'

const TITLES = {
  quantity: 'quantity',
  full: 'full tuple',
  milestone: 'milestone',
  duty: 'duty tag',
  dutyUnits: 'duty units',
}

const percent = (share: number | null) => (share === null ? '–' : (100 * share).toFixed(1))

/** The figures as a table for people, in percent. */
export function table({ figures, attributes }: Score): string {
  const rows = FIGURES.map((figure) => {
    const { precision, recall, f1, gold, predicted, hit } = figures[figure]
    const cells = [percent(precision), percent(recall), percent(f1), gold, predicted, hit].map((cell) =>
      String(cell).padStart(9),
    )
    return TITLES[figure].padEnd(12) + cells.join('')
  })
  const head =
    ' '.repeat(12) + ['precision', 'recall', 'F1', 'gold', 'found', 'right'].map((cell) => cell.padStart(9)).join('')
  return [
    head,
    ...rows,
    `attributes of matched quantities: ${ATTRIBUTES.map((name) => `${name} ${percent(attributes[name].accuracy)}`).join('  ')}`,
  ].join('\n')
}

interface Written {
  name?: string
  indicator?: string
  op?: string
  value?: number | readonly number[]
  unit?: string
  measure?: string
  deadline?: string | null
  lead?: readonly string[]
  responsible?: readonly string[]
  support?: readonly string[]
}

function brief(item: Written): string {
  const amount = item.value === undefined ? '' : ` ${item.op} ${String(item.value)}${item.unit} ${item.measure}`
  const units = [item.lead, item.responsible, item.support].map((names) => (names ?? []).join('、')).join(' | ')
  return `${item.name ?? item.indicator ?? ''}${amount} ${item.deadline ?? '–'} [${units}]`
}

/** What went wrong, at most `most` of each sort. */
export function mistakes({ findings: { missed, spurious, wrong } }: Score, most: number): string {
  const lines = [
    ...section('missed', missed, most, ({ text, item }) => [`${text}:${item.line} ${item.kind} ${brief(item)}`]),
    ...section('found but not annotated', spurious, most, ({ text, item }) => [
      `${text}:${item.line} ${'kind' in item ? item.kind : 'duty'} ${brief(item)}`,
    ]),
    ...section('wrong attributes', wrong, most, ({ text, attributes, gold, predicted }) => [
      `${text}:${gold.line} ${attributes.join(', ')}`,
      `    annotated ${brief(gold)}`,
      `    found     ${brief(predicted)}`,
    ]),
  ]
  return lines.join('\n')
}

function section<Item>(title: string, items: readonly Item[], most: number, show: (item: Item) => string[]): string[] {
  if (items.length === 0) return []
  return [
    '',
    `${title} (${items.length})`,
    ...items
      .slice(0, most)
      .flatMap(show)
      .map((line) => `  ${line}`),
  ]
}
