/** A change of a property (sprm) of the binary Word format, [MS-DOC] 2.6: its code and the bytes it carries. */
export interface Sprm {
  code: number
  operand: Buffer
}

/** Codes used here, [MS-DOC] 2.6.1 to 2.6.3. */
export const SPRM = {
  deleted: 0x0800,
  hidden: 0x083c,
  list: 0x460b,
  listLevel: 0x260a,
  inTable: 0x2416,
  rowEnd: 0x2417,
  tableDepth: 0x6649,
  innerCellEnd: 0x244b,
  innerRowEnd: 0x244c,
  huge: 0x6646,
  hugeOld: 0x6645,
  tableDefinition: 0xd608,
  verticalMerge: 0xd62b,
} as const

const CHANGE_TABS = 0xc615
/** Bytes of the operand by the three highest bits of the code; 6 says its own length. */
const OPERAND_BYTES = [1, 1, 2, 4, 2, 2, 0, 3]

/** Parts a list of property changes; ends without a word where it is cut off. */
export function* sprmsOf(list: Buffer): Generator<Sprm> {
  let at = 0
  while (at + 2 <= list.length) {
    const code = list.readUInt16LE(at)
    at += 2
    const kind = code >> 13
    let length = OPERAND_BYTES[kind]!
    if (kind === 6) {
      if (code === SPRM.tableDefinition) {
        if (at + 2 > list.length) return
        length = list.readUInt16LE(at) - 1
        at += 2
      } else {
        length = list[at] ?? 0
        at++
        // The length 255 of this one is none: it would have to be counted from its parts, and nothing follows it.
        if (code === CHANGE_TABS && length === 255) return
      }
    }
    if (length < 0 || at + length > list.length) return
    yield { code, operand: list.subarray(at, at + length) }
    at += length
  }
}
