import { expect, it } from 'vitest'
import { csvLine, neutralise } from '../../../server/csv.ts'

it.each([
  ['=1+1', `'=1+1`],
  ['+86 138', `'+86 138`],
  ['-3', '-3'],
  ['-3.5', '-3.5'],
  ['-3+4', `'-3+4`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['\t=1', `'\t=1`],
  ['≥90%', '≥90%'],
  ['', ''],
  ['甲局', '甲局'],
])('%j in a cell becomes %j', (text, cell) => expect(neutralise(text)).toBe(cell))

it('quotes what CSV needs quoted and keeps 0', () => {
  expect(csvLine([0, null, 'a,b', 'c"d', 'e\nf'])).toBe('0,,"a,b","c""d","e\nf"\r\n')
})
