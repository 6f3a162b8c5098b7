import yauzl from 'yauzl'

/** Last row and last column that a sheet can have (ECMA-376; 1,048,576 and XFD). */
const LAST_ROW = 1_048_576
const LAST_COLUMN = 'XFD'
/** Rows that are written in the file, empty ones with a format included; a template has 2,000. */
const MAX_WRITTEN_ROWS = 50_000
/** Cells that are written in the file; a full template has 22,000. */
const MAX_WRITTEN_CELLS = 300_000

/** What the library that builds the sheets takes for one: it does not look at what stands before or behind. */
const SHEET = /xl\/worksheets\/[^/]*\.xml/i

/** A number of a row or an address of a cell, and every opened row. */
const ROW = /<row\b[^>]*>/g
const ROW_NUMBER = /\sr\s*=\s*["'](\d+)/
const CELL = /<c\b[^>]*\sr\s*=\s*["']([A-Za-z]+)(\d+)/g

/** An opening tag of a row or cell is shorter than this; so much of a chunk is looked at once more with the next. */
const LONGEST_TAG = 2_000

/**
 * Looks through the sheets of a workbook before anything is built from them: a sheet is kept by its row numbers, so one
 * cell in row 100,000,000 costs as much as all the rows before it.
 * @param bytes an xlsx whose unpacked size has been checked
 * @returns what is wrong, in words that follow a file's name, or null
 */
export async function sheetsOutOfBounds(bytes: Buffer): Promise<string | null> {
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    if (!SHEET.test(entry.fileName)) continue
    const fault = await sheetOutOfBounds(await zip.openReadStreamPromise(entry))
    if (fault !== null) return fault
  }
  return null
}

async function sheetOutOfBounds(xml: AsyncIterable<Buffer>): Promise<string | null> {
  let rows = 0
  let cells = 0
  let carried = ''
  for await (const chunk of xml) {
    const text = carried + chunk.toString('latin1')
    // A tag that is cut off at the end is looked at with the next chunk, and not counted twice.
    const cut = text.lastIndexOf('<')
    const whole = cut > text.length - LONGEST_TAG ? text.slice(0, Math.max(cut, 0)) : text
    carried = text.slice(whole.length)
    for (const [tag] of whole.matchAll(ROW)) {
      const number = Number(ROW_NUMBER.exec(tag)?.[1] ?? 0)
      if (tag.includes('&') || isCutInText(tag)) return '的行号不是电子表格程序写的，请使用本系统导出的模板。'
      if (number > LAST_ROW) return `有第${number}行，电子表格最多${LAST_ROW}行，请使用本系统导出的模板。`
      if (++rows > MAX_WRITTEN_ROWS) return `超过${MAX_WRITTEN_ROWS}行，请删除空行后再导入。`
    }
    for (const [, column, row] of whole.matchAll(CELL)) {
      if (++cells > MAX_WRITTEN_CELLS) return `超过${MAX_WRITTEN_CELLS}个单元格，请删除空列后再导入。`
      if (Number(row) > LAST_ROW || isBeyond(column!))
        return `有单元格${column!.slice(0, 10)}${row!.slice(0, 12)}，超出电子表格的范围，请使用本系统导出的模板。`
    }
  }
  return null
}

/** Whether what looks like the end of a tag stands within one of its texts, so that what follows was not looked at. */
const isCutInText = (tag: string) =>
  [...tag.matchAll(/"/g)].length % 2 === 1 || [...tag.matchAll(/'/g)].length % 2 === 1

const isBeyond = (column: string) =>
  column.length > LAST_COLUMN.length || (column.length === LAST_COLUMN.length && column.toUpperCase() > LAST_COLUMN)
