/** What the columns of a list without a header hold, told by what stands in most of their cells. */
import type { IntakeKind } from '../../db/domain/intake-terms.ts'
import { cellWords } from '../readers/sheet-headers.ts'
import type { SheetRow } from '../readers/sheets.ts'

/** Rows that are looked at. */
const LOOKED_AT = 50

type Cells = readonly string[]
/** Whether a column holds this, by its cells that say anything; there is at least one. */
type Holds = (cells: Cells) => boolean

/** Most of the cells are of this form. */
const most =
  (form: RegExp | ((cell: string) => boolean)): Holds =>
  (cells) =>
    cells.filter((cell) => (typeof form === 'function' ? form(cell) : form.test(cell))).length * 2 > cells.length

const NAMES_PARTED = /[、,，;；/\n]/
/** How names of offices end, and those of places and bodies that a list of units or people also has. */
const OFFICE = /(?:[局委办厅部院会府]|公司|集团|大学|街道|银行)(?:[(（][^()（）]*[)）])?$/
const OTHER_UNIT = /(?:[心处司队社站所室区县市镇乡校园]|学院)(?:[(（][^()（）]*[)）])?$/
const each = (cell: string, is: (name: string) => boolean) => cell.split(NAMES_PARTED).every((name) => is(name.trim()))
const isUnits = (cell: string) => each(cell, (name) => OFFICE.test(name) || OTHER_UNIT.test(name))
/** Items end in 小区 and 公园 too: beside them only offices are told. */
const isOffices = (cell: string) => each(cell, (name) => OFFICE.test(name))
const isRunningNumber: Holds = (cells) => cells.every((cell) => /^\d{1,4}$/.test(cell))
const PERSON = /^\p{Script=Han}[\p{Script=Han}· ]{1,7}$/u

/** By kind of list, what a column may hold, the surest first: each is given to the first column that holds it. */
const CONTENTS: Readonly<Record<IntakeKind, readonly (readonly [key: string, holds: Holds])[]>> = {
  units: [
    ['level', most(/^(?:国家|[省市州县区]|乡镇)级$/)],
    ['aliases', most((cell) => NAMES_PARTED.test(cell) && isUnits(cell))],
    ['name', most(isUnits)],
    ['shortName', most(isUnits)],
  ],
  people: [
    ['telephone', most(/^\+?[\d\s-]{7,}$/)],
    ['email', most(/@/)],
    ['role', most(/^(?:督查|部门|填报|领导|管理)\p{Script=Han}{0,3}$/u)],
    ['unit', most(isUnits)],
    ['displayName', most(PERSON)],
    ['username', most(/^[A-Z][\w.-]{2,}$/i)],
  ],
  ledger: [
    ['number', isRunningNumber],
    [
      'deadline',
      most(/^(?=.*\d)[\d年月日.\-/上中下旬底末前季度半第一二三四个]{4,14}$|^(?:今年|[年月季]|[上下]半年)+[底末前内]/),
    ],
    ['value', most(/^(?:不[低高少超]于?过?|大于|小于|达到|[≥≤><＞＜])?\s*\d[\d,.]*\s*[%％‰]?\p{Script=Han}{0,4}$/u)],
    ['responsible', most(isOffices)],
    ['support', most(isOffices)],
    ['indicator', most((cell) => cell.length >= 4)],
  ],
}

/**
 * The columns of a list whose rows begin at once, by index; '' where nothing tells what a column holds: a person says it.
 * What a list cannot do without, where no column is sure to hold it, is the first that is no running number.
 */
export function columnsByContent(kind: IntakeKind, needed: string, rows: readonly SheetRow[]): string[] {
  const looked = rows.slice(0, LOOKED_AT)
  const width = Math.max(1, ...looked.map(({ cells }) => cells.length))
  const cells = Array.from({ length: width }, (_, at): Cells =>
    looked.map((row) => cellWords(row.cells[at])).filter((text) => text !== ''),
  )
  const columns = cells.map(() => '')
  for (const [key, holds] of CONTENTS[kind]) {
    const at = cells.findIndex((column, i) => columns[i] === '' && column.length > 0 && holds(column))
    if (at >= 0) columns[at] = key
  }
  if (!columns.includes(needed)) {
    const free = columns.findIndex((key, i) => key === '' && cells[i]!.length > 0 && !isRunningNumber(cells[i]!))
    columns[Math.max(0, free)] = needed
  }
  return columns
}
