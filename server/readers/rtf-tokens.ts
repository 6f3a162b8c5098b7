/** A piece of an RTF file. */
export type RtfToken =
  | { kind: 'open' | 'close' }
  | { kind: 'word'; name: string; value: number | null }
  /** `*`, `~`, `-`, `_` and the like. */
  | { kind: 'symbol'; name: string }
  /** A byte of text, plain or written as `\'d6`. */
  | { kind: 'byte'; byte: number }

/** Parts bytes into RTF's tokens; pictures given as bytes (`\bin`) are passed over. Linear in the length of the file. */
export function* rtfTokens(bytes: Uint8Array): Generator<RtfToken> {
  let at = 0
  while (at < bytes.length) {
    const byte = bytes[at++]!
    if (byte === 0x7b) yield { kind: 'open' }
    else if (byte === 0x7d) yield { kind: 'close' }
    else if (byte === 0x5c) {
      const next = bytes[at++]
      if (next === undefined) return
      if (!isLetter(next)) {
        if (next === 0x27) {
          const code = Number.parseInt(String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0), 16)
          at += 2
          if (!Number.isNaN(code)) yield { kind: 'byte', byte: code }
        } else if (next === 0x0a || next === 0x0d) yield { kind: 'word', name: 'par', value: null }
        else if (next === 0x5c || next === 0x7b || next === 0x7d) yield { kind: 'byte', byte: next }
        else yield { kind: 'symbol', name: String.fromCharCode(next) }
        continue
      }
      let name = ''
      at--
      while (at < bytes.length && isLetter(bytes[at]!)) name += String.fromCharCode(bytes[at++]!)
      let digits = ''
      if (bytes[at] === 0x2d) digits = String.fromCharCode(bytes[at++]!)
      while (isDigit(bytes[at])) digits += String.fromCharCode(bytes[at++]!)
      if (bytes[at] === 0x20) at++
      const value = /\d/.test(digits) ? Number(digits) : null
      if (name === 'bin') at += Math.max(0, value ?? 0)
      else yield { kind: 'word', name, value }
    } else if (byte !== 0x0a && byte !== 0x0d && byte !== 0) yield { kind: 'byte', byte }
  }
}

const isLetter = (byte: number) => (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a)
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39
