import type { Explanation, Extraction, FoundDocument, FoundDuty, FoundTarget } from '../../extractors/types.ts'
import { toHalfWidth } from './layouts.ts'

/** What was found, without where it stands: two layouts of one document must give the same. */
export interface Findings {
  documents: unknown[]
  targets: unknown[]
  duties: unknown[]
}

/** The findings of document `index` of `extraction`, without offsets and without the widths of signs. */
export function findingsOf(extraction: Extraction, index: number): Findings {
  return {
    documents: extraction.documents.slice(index, index + 1).map(documentWords),
    targets: extraction.targets.filter((found) => found.documentIndex === index).map(targetWords),
    duties: extraction.duties.filter((found) => found.documentIndex === index).map(dutyWords),
  }
}

/** The findings of all documents of a file. */
export function allFindings(extraction: Extraction): Findings {
  const each = extraction.documents.map((_, index) => findingsOf(extraction, index))
  return {
    documents: each.flatMap((one) => one.documents),
    targets: each.flatMap((one) => one.targets),
    duties: each.flatMap((one) => one.duties),
  }
}

const words = (text: string | null): string | null => (text === null ? null : toHalfWidth(text).replace(/\s/g, ''))
const names = (list: readonly string[]): unknown[] => list.map(words)

function documentWords({ number, title, issuer, issuedOn }: FoundDocument): unknown {
  return { number: words(number), title: words(title), issuer: words(issuer), issuedOn }
}

function targetWords(found: FoundTarget): unknown {
  const shared = {
    document: words(found.document),
    deadline: found.deadline,
    basis: found.deadlineBasis,
    confidence: found.confidence,
    lead: names(found.lead),
    responsible: names(found.responsible),
    support: names(found.support),
    path: names(found.clausePath),
    rules: rulesOf(found.explanation),
  }
  if (found.kind === 'milestone') return { ...shared, kind: found.kind, task: words(found.task) }
  const { kind, op, value, measure, per, baseline } = found
  return {
    ...shared,
    kind,
    indicator: words(found.indicator),
    op,
    value,
    unit: words(found.unit),
    measure,
    per,
    baseline: baseline && { ...baseline, period: words(baseline.period) },
  }
}

function dutyWords({ document, clause, lead, responsible, support, deadline, clausePath }: FoundDuty): unknown {
  return {
    document: words(document),
    clause: words(clause),
    lead: names(lead),
    responsible: names(responsible),
    support: names(support),
    deadline,
    path: names(clausePath),
  }
}

const rulesOf = (explanation: Explanation): unknown =>
  Object.fromEntries(Object.entries(explanation).map(([field, { rule }]) => [field, rule]))
