import type { UnitNames } from '../../extractors/types.ts'
import { letters, overlap } from '../../seeds/match.ts'
import { sameUnit, sameValue } from './amount.ts'
import { match, type Matching, type Named } from './match.ts'
import { type Attribute, FULL_TUPLE, type Tally } from './tally.ts'
import type { GoldItem, GoldQuantity, PredictedQuantity, ScoredText } from './types.ts'

/** Least overlap at which two wordings name one indicator. */
const SAME_INDICATOR = 0.75
/** Lines between annotation and finding: a number stands where it stands, dates and tags run over line ends. */
const REACH = { quantity: 1, milestone: 2, duty: 2 }

export type Missed = Exclude<GoldItem, { kind: 'range' }> & Named
/** What went wrong, to be read by people. */
export interface Findings {
  missed: { text: string; item: Missed }[]
  spurious: {
    text: string
    item: (ScoredText['prediction']['targets'][number] & Named) | (ScoredText['prediction']['duties'][number] & Named)
  }[]
  wrong: { text: string; attributes: Attribute[]; gold: GoldQuantity; predicted: PredictedQuantity }[]
}

/** Counts one text into `tally` and writes down what went wrong. */
export function scoreText({ name, raw, gold, prediction }: ScoredText, tally: Tally, findings: Findings): void {
  if (gold.length === 0) return
  const ranges = gold.filter((item) => item.kind === 'range')
  const annotated = (line: number) => ranges.length === 0 || ranges.some(({ from, to }) => line >= from && line <= to)
  const lineAt = lineFinder(raw)
  const placed = <Found extends { start: number }>(founds: readonly Found[], nameOf: (found: Found) => string) =>
    founds
      .map((found) => ({ ...found, line: lineAt(found.start), name: nameOf(found) }))
      .filter(({ line }) => annotated(line))

  const quantities = match(
    gold.flatMap((item) => (item.kind === 'quantity' ? [{ ...item, name: item.indicator }] : [])),
    placed(
      prediction.targets.flatMap((found) => (found.kind === 'quantity' ? [found] : [])),
      (found) => found.indicator,
    ),
    REACH.quantity,
    sameValue,
  )
  const milestones = match(
    gold.flatMap((item) => (item.kind === 'milestone' ? [{ ...item, name: item.task }] : [])),
    placed(
      prediction.targets.flatMap((found) => (found.kind === 'milestone' ? [found] : [])),
      (found) => found.task,
    ),
    REACH.milestone,
    (item, found) => item.deadline === found.deadline,
  )
  const duties = match(
    gold.flatMap((item) => (item.kind === 'duty' ? [{ ...item, name: item.clause, optional: false }] : [])),
    placed(prediction.duties, (found) => found.clause),
    REACH.duty,
    () => true,
  )

  const firm = countFirm(quantities)
  tally.add('quantity', firm)
  tally.add('milestone', countFirm(milestones))
  tally.add('duty', countFirm(duties))
  tally.add('full', { ...firm, hit: 0 })
  for (const [item, found] of quantities.pairs) {
    if (item.optional) continue
    const checks = compare(item, found)
    for (const [attribute, ok] of checks) tally.check(attribute, ok)
    const attributes = checks.filter(([, ok]) => !ok).map(([attribute]) => attribute)
    if (attributes.some((attribute) => FULL_TUPLE.includes(attribute)))
      findings.wrong.push({ text: name, attributes, gold: item, predicted: found })
    else tally.add('full', { gold: 0, predicted: 0, hit: 1 })
  }

  for (const [item, found] of duties.pairs) {
    const [expected, named] = [namesOf(item), namesOf(found)]
    tally.add('dutyUnits', {
      gold: expected.size,
      predicted: named.size,
      hit: [...expected].filter((unit) => named.has(unit)).length,
    })
  }
  for (const item of duties.missed) tally.add('dutyUnits', { gold: namesOf(item).size, predicted: 0, hit: 0 })
  for (const found of duties.extra) tally.add('dutyUnits', { gold: 0, predicted: namesOf(found).size, hit: 0 })

  for (const { missed, extra } of [quantities, milestones, duties]) {
    findings.missed.push(...missed.filter((item) => !item.optional).map((item) => ({ text: name, item })))
    findings.spurious.push(...extra.map((item) => ({ text: name, item })))
  }
}

/** Optional annotations cost and earn nothing, whether found or not. */
function countFirm<Gold extends { optional: boolean }, Found>({ pairs, missed, extra }: Matching<Gold, Found>) {
  const hit = pairs.filter(([item]) => !item.optional).length
  return { hit, gold: hit + missed.filter((item) => !item.optional).length, predicted: hit + extra.length }
}

function compare(item: GoldQuantity, found: PredictedQuantity): [Attribute, boolean][] {
  // Where only the document implies the date, a reader who leaves it out is not wrong.
  const unstated = item.deadline_basis === 'document' && found.deadline == null
  const checks: [Attribute, boolean][] = [
    ['op', item.op === found.op],
    ['unit', sameUnit(item, found)],
    ['measure', item.measure === found.measure],
    ['per', (item.per ?? null) === (found.per ?? null)],
    ['deadline', unstated || (found.deadline ?? null) === item.deadline],
    ['indicator', overlap(item.indicator, found.indicator) >= SAME_INDICATOR],
    ['units', sameNames(namesOf(item), namesOf(found))],
  ]
  if (item.baseline || found.baseline) {
    const stated = item.baseline?.value ?? null
    checks.push([
      'baseline',
      !!item.baseline && !!found.baseline && (stated === null || Number(stated) === Number(found.baseline.value)),
    ])
  }
  return checks
}

/** Every unit with its role. */
function namesOf(units: Partial<UnitNames>): Set<string> {
  const roles = ['lead', 'responsible', 'support'] as const
  return new Set(
    roles.flatMap((role) => (units[role] ?? []).map((unit) => `${role}:${letters(unit).replace(/等$/, '')}`)),
  )
}

const sameNames = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === b.size && [...a].every((name) => b.has(name))

/** @returns a function from raw offsets to lines, counted from 1. */
function lineFinder(raw: string): (offset: number) => number {
  const starts = [0]
  for (let at = raw.indexOf('\n'); at >= 0; at = raw.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let [low, high] = [0, starts.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? Infinity) <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
}
