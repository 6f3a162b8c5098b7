import { DOUBT_TITLES } from '../../db/domain/doubts.ts'
import { KIND_TITLES, PER_TITLES, UNIT_ROLES, UNIT_ROLE_TITLES } from '../../db/domain/target-terms.ts'
import type { Extraction, FoundDuty, FoundTarget, UnitNames } from '../../extractors/types.ts'

type NamedExtraction = Extraction & { file: string; raw: string }

const OPERATORS = { '>=': '≥', '<=': '≤', '~': '约', range: '' } as const
const MEASURES = { level: '', growth: '增长 ', reduction: '下降 ', multiple: '达到 ' } as const

const unitsLine = (names: UnitNames): string =>
  UNIT_ROLES.filter((role) => names[role].length > 0)
    .map((role) => `${UNIT_ROLE_TITLES[role]}: ${names[role].join('、')}`)
    .join('  ')

function headline(target: FoundTarget): string {
  const deadline = target.deadline ? `  ${target.deadline} 前` : ''
  if (target.kind === 'milestone') return `${target.task}${deadline}`
  const value = Array.isArray(target.value) ? target.value.join('—') : String(target.value)
  return `${target.indicator}  ${MEASURES[target.measure]}${OPERATORS[target.op]}${value}${target.unit}${target.per ? ` ${PER_TITLES[target.per]}` : ''}${deadline}`
}

/** What spoke for and against its being a promise, the weightiest first, and which fields are doubtful. */
function evidenceLines({ evidence, doubts }: FoundTarget): string[] {
  const cues = (side: 1 | -1): string =>
    evidence
      .filter(({ weight }) => weight * side > 0)
      .sort((a, b) => (b.weight - a.weight) * side)
      .map(({ cue, weight }) => `${cue} ${weight > 0 ? '+' : ''}${weight}`)
      .join('、')
  const sum = evidence.reduce((total, { weight }) => total + weight, 0)
  return [
    ...(evidence.length > 0 ? [`      支持: ${cues(1) || '无'}  反对: ${cues(-1) || '无'}  合计: ${sum}`] : []),
    ...(doubts.length > 0 ? [`      存疑: ${doubts.map((field) => DOUBT_TITLES[field]).join('、')}`] : []),
  ]
}

function targetLines(target: FoundTarget, raw: string, explain: boolean): string[] {
  const units = unitsLine(target)
  const lines = [`  [${KIND_TITLES[target.kind]}] ${headline(target)}  (${Math.round(target.confidence * 100)}%)`]
  if (units) lines.push(`      ${units}`)
  if (!explain) return lines
  lines.push(`      依据: ${raw.slice(target.clauseStart, target.clauseEnd).replace(/\s+/g, '')}`)
  for (const [field, reason] of Object.entries(target.explanation))
    lines.push(`      ${field}: “${reason.words}” ← ${reason.rule}`)
  lines.push(...evidenceLines(target))
  return lines
}

const dutyLine = (duty: FoundDuty): string =>
  `  [${KIND_TITLES.duty}] ${duty.clause}${duty.deadline ? `  ${duty.deadline} 前` : ''}  ${unitsLine(duty)}`

/** What was found, for people: each document with its targets and duties; with `explain` also the words and rules behind each field. */
export function toText(files: readonly NamedExtraction[], explain: boolean): string {
  const lines: string[] = []
  for (const { file, raw, documents, targets, duties } of files) {
    lines.push(`${file}: ${documents.length} documents, ${targets.length} targets, ${duties.length} duties`)
    documents.forEach((document, index) => {
      lines.push('', `${document.number ?? '（无文号）'}  ${document.title}  ${document.issuedOn ?? ''}`.trimEnd())
      const own = [
        ...targets
          .filter(({ documentIndex }) => documentIndex === index)
          .map((target) => ({ at: target.start, lines: targetLines(target, raw, explain) })),
        ...duties
          .filter(({ documentIndex }) => documentIndex === index)
          .map((duty) => ({ at: duty.start, lines: [dutyLine(duty)] })),
      ].sort((a, b) => a.at - b.at)
      for (const entry of own) lines.push(...entry.lines)
    })
    lines.push('')
  }
  return `${lines.join('\n')}\n`
}
