import { printable } from './printable.ts'

/** Signs that make a spreadsheet run a cell as a formula (OWASP: CSV injection); the full-width ones are read as the others are. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/

/** A text that a spreadsheet shows as it is: formulas get a leading apostrophe; plain numbers stay numbers. */
export function neutralise(raw: string): string {
  const text = printable(raw)
  return FORMULA.test(text) && !/^-?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text
}

/** One line of CSV (RFC 4180), cells quoted where needed. */
export function csvLine(cells: (string | number | null)[]): string {
  return `${cells
    .map((cell) => {
      const text = cell === null ? '' : neutralise(String(cell))
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
    })
    .join(',')}\r\n`
}

/** Put before a CSV so that Excel reads it as UTF-8. */
export const CSV_BOM = '\uFEFF'
