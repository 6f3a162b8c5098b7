import type ExcelJS from 'exceljs'

/** An empty workbook. The library is loaded when the first is asked for: it takes longer than most of what a start loads. */
export async function newWorkbook(): Promise<ExcelJS.Workbook> {
  const { default: library } = await import('exceljs')
  return new library.Workbook()
}
