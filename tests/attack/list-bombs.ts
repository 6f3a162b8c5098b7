import { deflateRawSync } from 'node:zlib'
import { zip } from '../server/readers/files.ts'
import { sheetXml, xlsx } from './large-files.ts'
import type { AttackFile } from './watch-import.ts'

/** Lists that are built to fill the memory or the time of whoever reads them; each is at most a few MB. */

const MEGABYTE = 1024 * 1024

const zeros = Buffer.alloc(50 * MEGABYTE)
/** Files of fifty megabytes each, packed once for all of them. */
function zipOfZeros(names: string[]): Buffer {
  const packed = deflateRawSync(zeros)
  return zip(names.map((name) => ({ name, data: zeros, packed })))
}

export const LIST_BOMBS: Readonly<Record<string, () => AttackFile>> = {
  'a list whose sheet is 58 MB of markup': () => ({ fileName: '单位.xlsx', bytes: xlsx(sheetXml(58 * MEGABYTE)) }),
  'a list of ten million cells': () => ({
    fileName: '单位.csv',
    bytes: Buffer.from(`${'局,'.repeat(1000)}\n`.repeat(10_000)),
  }),
  'a list that unpacks to 350 MB of nothing': () => ({
    fileName: '单位.xlsx',
    bytes: zipOfZeros(['[Content_Types].xml', ...Array.from({ length: 6 }, (_, i) => `xl/media/${i}.bin`)]),
  }),
}
