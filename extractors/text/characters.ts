/** Kinds of characters that shape a text, looked up by code: 0 for all others. */
export const OPENS = 1
export const CLOSES = 2
export const ENDS_SENTENCE = 3
const SEPARATES = 4

const KINDS = new Uint8Array(0x10000)
/** Code of the mark that closes what a mark opens. */
const CLOSING = new Uint16Array(0x10000)

for (const pair of ['()', '〔〕', '[]', '【】', '《》', '〈〉', '“”', '‘’']) {
  KINDS[pair.charCodeAt(0)] = OPENS
  KINDS[pair.charCodeAt(1)] = CLOSES
  CLOSING[pair.charCodeAt(0)] = pair.charCodeAt(1)
}
for (const mark of '。!?') KINDS[mark.charCodeAt(0)] = ENDS_SENTENCE
for (const mark of ',、;:\t\n') KINDS[mark.charCodeAt(0)] = SEPARATES

/** Marks nest no deeper; whatever opens within is taken as never closed, so that one pass stays linear. */
const DEEPEST = 32

/** Kind of the character with this code. */
export const kindOf = (code: number): number => KINDS[code] as number

/** A pair of brackets or quotes by the offsets of both marks; `close` is -1 where it is never closed. */
export interface Pair {
  open: number
  close: number
}

/** Pairs between two offsets in the order of their opening marks; each kind of mark nests by itself. One pass. */
export function pairsIn(text: string, start: number, end: number): Pair[] {
  const pairs: Pair[] = []
  const open: Pair[] = []
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    const kind = KINDS[code]
    if (kind === OPENS) {
      const pair = { open: i, close: -1 }
      pairs.push(pair)
      if (open.length < DEEPEST) open.push(pair)
    } else if (kind === CLOSES) {
      for (let k = open.length - 1; k >= 0; k--) {
        const pair = open[k] as Pair
        if (CLOSING[text.charCodeAt(pair.open)] !== code) continue
        pair.close = i
        open.splice(k, 1)
        break
      }
    }
  }
  return pairs
}
