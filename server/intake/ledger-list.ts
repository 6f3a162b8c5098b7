import { FREQUENCY_TITLES, type Frequency, shanghaiDate } from '../../db/domain/dates.ts'
import { fieldEntry, checkTargetFields } from '../../db/domain/target-fields.ts'
import { likeness, profileOf } from '../../db/domain/similarity.ts'
import { type Kind, KIND_TITLES, UNIT_ROLE_TITLES, UNIT_ROLES, type UnitRole } from '../../db/domain/target-terms.ts'
import { reportedWords, targetWords } from '../../db/domain/target-words.ts'
import type { Db } from '../../db/open.ts'
import { NameFinder } from '../core/name-finder.ts'
import { listUsers } from '../core/users.ts'
import { cellWords } from '../readers/sheet-headers.ts'
import type { Sheet, SheetCell } from '../readers/sheets.ts'
import { type ListRow, namesIn, said } from './grid.ts'
import { KnownTargets } from './known-targets.ts'
import {
  asOfIn,
  frequencyOf,
  inUnit,
  isDone,
  ledgerDate,
  ledgerValue,
  type LedgerValue,
  NO_VALUE,
  plain,
  saysDone,
  valueInWords,
  valuesInText,
  yearOf,
} from './ledger-fields.ts'
import { type Evaluated, factsOf, verdictOf } from './preview.ts'

type Nullable<T> = { [K in keyof T]: T[K] | null }

/** An item of a ledger as it would be stored. */
export interface LedgerRecord extends Nullable<LedgerValue> {
  kind: Kind
  indicator: string
  deadline: string | null
  deadlineWords: string | null
  baselineValue: number | null
  startOn: string | null
  reportFrequency: Frequency | null
  contactLeaderId: number | null
  units: { role: UnitRole; name: string }[]
  /** What stands above it: the sheet's headings, its group, where it is from. */
  path: string[]
  /** How far it had come; null where the ledger does not say. */
  report: {
    value: number | null
    done: boolean | null
    asOf: string
    note: string | null
    problems: string | null
    nextSteps: string | null
  } | null
}

/** What the rows of a ledger have in common. */
interface LedgerContext {
  fileName: string | null
  sheet: Sheet | undefined
  headerRow: number
  /** Instant of the question (UTC ISO). */
  at: string
}

const LONGEST_INDICATOR = 500
const LONGEST_NOTE = 4000
/** 正在办理 is a state, 正在征求意见 says more. */
const LONGEST_STATE = 4

/** Reads a ledger: each row a target with its units, limit and how far it has come. */
export function evaluateLedger(db: Db, rows: readonly ListRow[], context: LedgerContext): Evaluated<LedgerRecord>[] {
  const today = shanghaiDate(new Date(context.at))
  const above = (context.sheet?.rows ?? [])
    .filter(({ number }) => number < context.headerRow)
    .flatMap(({ cells }) => cells.map(cellWords).filter((text) => text !== ''))
  const year = yearOf([...above, context.sheet?.name ?? '', context.fileName ?? ''])
  const asOf = asOfIn(above, year) ?? today
  const finder = new NameFinder(db)
  const found = new Map<string, boolean>()
  const isKnown = (name: string) => {
    if (!found.has(name)) found.set(name, finder.find(name).unitId !== null)
    return found.get(name)!
  }
  const leaders = new Map(
    listUsers(db)
      .filter(({ role, disabledAt }) => role === 'leader' && disabledAt === null)
      .map((user) => [user.displayName, user.id]),
  )
  const known = new KnownTargets(db)
  const listed = new Map<string, number>()
  return rows.map((row) => evaluate(row))

  function evaluate(row: ListRow): Evaluated<LedgerRecord> {
    const faults: string[] = []
    const hints: string[] = []
    const { kind, indicator, value, unit, requirement } = promised(row, faults, hints)
    const deadlineCell = row.cells.deadline
    const deadline = dayOf(fieldEntry('deadline').title, 'deadline', year)
    const units = UNIT_ROLES.flatMap((role) =>
      namesIn(row.cells[role]).map((name) => ({ role, name: name.slice(0, 100) })),
    )
    if (units.length === 0) hints.push('没有写承办单位，导入后须落实')
    const strange = [...new Set(units.map(({ name }) => name).filter((name) => !isKnown(name)))]
    if (strange.length > 0) hints.push(`单位${strange.map((name) => `“${name}”`).join('、')}还没有登记，导入后会问一次`)
    const frequency = frequencyOf(said(row, 'frequency'))
    if (frequency === undefined) faults.push(`填报频次“${said(row, 'frequency')}”应为按月、按季或按年`)
    const leader = said(row, 'contactLeader')
    const contactLeaderId = leader === null ? null : (leaders.get(leader.replace(/\s+/g, '')) ?? null)
    if (leader !== null && contactLeaderId === null) hints.push(`联系领导“${leader.slice(0, 20)}”没有账号，暂不写入`)
    const baseline = row.cells.baseline ? valueOf(row.cells.baseline, unit) : null
    const startOn = startOf(row, deadline)
    const fields = {
      kind: kindOf(kind, deadline),
      indicator,
      ...(value === null ? NO_VALUE : { ...value, unit }),
      deadline,
      startOn,
    }
    // What has its own words above is not said again.
    if (faults.length === 0) faults.push(...checkTargetFields(fields).map(({ message }) => message))
    const report = faults.length > 0 ? null : reportOf(row, fields, hints)
    const doubles = faults.length > 0 ? null : doubleOf(row, fields)
    if (doubles !== null) hints.push(doubles.words)
    const record: LedgerRecord = {
      ...fields,
      deadlineWords: deadline === null ? null : cellWords(deadlineCell).slice(0, 100),
      baselineValue: value ? (baseline?.value ?? null) : null,
      reportFrequency: frequency ?? null,
      contactLeaderId,
      units,
      path: [row.heading, said(row, 'group'), said(row, 'source'), requirement].flatMap((one) =>
        one ? [one.slice(0, 300)] : [],
      ),
      report,
    }
    return {
      row: row.number,
      verdict: verdictOf(faults, false, false, doubles !== null),
      title: indicator,
      facts: factsOf({
        类别: KIND_TITLES[fields.kind],
        目标: value ? targetWords({ ...fields, per: null }, 'text') : null,
        完成时限: deadline,
        ...Object.fromEntries(
          UNIT_ROLES.map((role) => [
            UNIT_ROLE_TITLES[role],
            units.flatMap((one) => (one.role === role ? [one.name] : [])).join('、'),
          ]),
        ),
        填报频次: frequency ? FREQUENCY_TITLES[frequency] : null,
        联系领导: contactLeaderId === null ? null : leader,
        进度: report && reportWords(report, value ? unit : null),
        来源: said(row, 'source'),
      }),
      faults,
      hints,
      knownId: doubles?.id ?? null,
      record: faults.length > 0 ? null : record,
    }

    function dayOf(title: string, key: string, within: number | null): string | null {
      const read = ledgerDate(row.cells[key], title, within)
      if ('day' in read) return read.day
      faults.push(read.fault)
      return null
    }

    /** From the ledger's own date on, else from the beginning of its year; never from the limit on or later. */
    function startOf(of: ListRow, limit: string | null): string | null {
      const own = of.cells.startOn ? dayOf(fieldEntry('startOn').title, 'startOn', year) : null
      if (own !== null) return own
      const start = `${year ?? today.slice(0, 4)}-01-01`
      const known = start > today ? today : start
      return limit !== null && known >= limit ? null : known
    }
  }

  function reportOf(
    row: ListRow,
    target: Pick<LedgerRecord, 'kind' | 'unit'>,
    hints: string[],
  ): LedgerRecord['report'] {
    const state = said(row, 'done')
    // words in the column of states say how far it is
    const progress = said(row, 'progress') ?? (state !== null && state.length > LONGEST_STATE ? state : null)
    const done = isDone(state) ?? (progress !== null && saysDone(progress) ? true : null)
    const cell = row.cells.reported
    let value: number | null = null
    if (target.kind === 'quantity') {
      if (cell) value = valueOf(cell, target.unit)?.value ?? valueInWords(cellWords(cell), target.unit ?? '')
      if (cell && value === null && said(row, 'reported') !== null)
        hints.push(`完成值“${cellWords(cell).slice(0, 40)}”不是数值，不计入进度`)
      if (value === null && progress !== null) {
        value = valueInWords(progress, target.unit ?? '')
        if (value !== null) hints.push(`完成值${value}${target.unit}是从进展情况中读出的，请核对`)
        else hints.push('进展情况没有写出与目标同一计量单位的数，不计入进度')
      }
      if (value === null) return null
    } else if (done === null && progress === null) return null
    const read = ledgerDate(row.cells.asOf, '数据截止日期', year)
    const day = 'day' in read && read.day !== null ? read.day : asOf
    if (day > today) {
      hints.push(`数据截止日期${day}晚于今天，按今天记`)
    }
    return {
      value,
      done: target.kind === 'quantity' ? null : (done ?? false),
      asOf: day > today ? today : day,
      note: progress === null ? null : shareWords(progress).slice(0, LONGEST_NOTE),
      problems: said(row, 'problems')?.slice(0, LONGEST_NOTE) ?? null,
      nextSteps: said(row, 'nextSteps')?.slice(0, LONGEST_NOTE) ?? null,
    }
  }

  /** The same item further up in the ledger, or in the system already. */
  function doubleOf(
    row: ListRow,
    target: Pick<LedgerRecord, 'indicator' | 'value' | 'deadline'>,
  ): { id: number | null; words: string } | null {
    const profile = profileOf(target.indicator)
    const key = `${profile.clean} ${target.value ?? ''} ${target.deadline ?? ''}`
    const before = listed.get(key)
    if (before !== undefined) return { id: null, words: `与第${before}行的事项、目标和时限都相同` }
    listed.set(key, row.number)
    const same = known.like(target, (one) => likeness(profile, one))
    return same === null
      ? null
      : { id: same.id, words: `与已有事项“${same.indicator.slice(0, 40)}”（编号${same.id}）疑似重复` }
  }
}

/** The value of a cell in the unit of measure that the row says elsewhere, where it does. */
function valueOf(cell: SheetCell, unit: string | null, indicator = ''): LedgerValue | null {
  const value = ledgerValue(cell, indicator)
  return value === null ? null : inUnit(value, unit ?? '')
}

/** What a row promises: its words, and a number where it gives one. */
function promised(
  row: ListRow,
  faults: string[],
  hints: string[],
): {
  kind: 'quantity' | 'words'
  indicator: string
  value: LedgerValue | null
  unit: string | null
  requirement: string | null
} {
  const named = said(row, 'indicator')
  const detail = said(row, 'detail')
  const indicator = (named ?? detail ?? '').replace(/^(?:\d{1,3}|[（(]\d{1,3}[)）])[.、．]\s*/, '')
  if (indicator === '') faults.push(`第${row.number}行没有写事项`)
  else if (indicator.length > LONGEST_INDICATOR)
    faults.push(`事项超过 ${LONGEST_INDICATOR} 字：“${indicator.slice(0, 30)}…”`)
  const cell = row.cells.value
  const own = said(row, 'unit')?.replace(/\s+/g, '') ?? null
  const value = cell ? valueOf(cell, own, indicator) : null
  const requirement = named === null ? null : detail
  // 完成主体工程 in the column of values: a requirement in words.
  if (!cell || value === null) {
    const words = cell ? said(row, 'value') : null
    const whole = words === null || indicator === '' ? indicator : `${indicator}：${words}`.slice(0, LONGEST_INDICATOR)
    const text = [words, requirement, named].find((one) => one !== null && /\d/.test(plain(one)))
    const read = text === undefined || text === null ? [] : valuesInText(text)
    if (read.length > 1)
      hints.push(`“${text!.slice(0, 30)}”里有 ${read.length} 个数，没有记为目标值；要分别督查的请拆成几行`)
    const [only] = read
    if (only === undefined || read.length > 1)
      return { kind: 'words', indicator: whole, value: null, unit: null, requirement }
    hints.push(`目标值${only.value}${only.unit}是从“${text!.slice(0, 30)}”中读出的，请核对`)
    return { kind: 'quantity', indicator: whole, value: only, unit: only.unit.slice(0, 40), requirement }
  }
  const unit = own ?? (value.unit === '' ? null : value.unit)
  if (unit === null) faults.push(`目标值“${cellWords(cell)}”没有计量单位，请在表中补上，或指定“计量单位”一列`)
  // 3500 under 万元 with 万元 in the cell as well is said once; with 元 it would be another value.
  else if (own !== null && value.unit !== '' && value.unit !== own)
    faults.push(`目标值“${cellWords(cell)}”的单位与“计量单位”列的“${own}”不一致`)
  return { kind: 'quantity', indicator, value, unit: unit?.slice(0, 40) ?? null, requirement }
}

const kindOf = (kind: 'quantity' | 'words', deadline: string | null): Kind =>
  kind === 'quantity' ? 'quantity' : deadline === null ? 'duty' : 'milestone'

/** A number alone that says how far an item is, is a share: 45 → 进度45%. */
const shareWords = (progress: string): string =>
  /^\d{1,3}(?:\.\d+)?%?$/.test(progress) ? `进度${progress.replace('%', '')}%` : progress

const reportWords = (report: NonNullable<LedgerRecord['report']>, unit: string | null): string =>
  `${reportedWords(report.value, unit, report.done, 'text')}（截至${report.asOf}）`
