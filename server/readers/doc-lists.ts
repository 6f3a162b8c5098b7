import type { DocFile } from './doc-file.ts'
import { formatNumber } from './docx/number-formats.ts'
import { formatOfCode, ListCounter } from './numbering.ts'

interface Level {
  startAt: number
  code: number
  /** Its words; the characters 0 to 8 stand for the numbers of those levels. */
  text: string
}

interface Override {
  list: number
  /** First numbers and levels that replace those of the list, by level. */
  startAt: Map<number, number>
  levels: Map<number, Level>
}

const LIST_BYTES = 28
const LEVEL_BYTES = 28
const OVERRIDE_BYTES = 16
const LEVELS = 9
const DIGITS_ONLY = 4

/** The automatic numbers of a binary Word document, [MS-DOC] 2.9.131 to 2.9.150. */
export class DocLists {
  private readonly lists = new Map<number, Level[]>()
  private readonly overrides: Override[] = []
  private readonly counters = new Map<number, ListCounter>()
  private readonly used = new Set<Override>()

  constructor(file: DocFile) {
    const { lists, levels, overrides } = file.lists
    if (lists.length >= 2) this.readLists(lists, levels)
    if (overrides.length >= 4) this.readOverrides(overrides)
  }

  /**
   * Counts a paragraph and gives what stands before it; empty for bullets and where there is no such list.
   * @param override from 1, as paragraphs name it
   */
  next(override: number, level: number): string {
    const own = this.overrides[override - 1]
    const list = own && this.lists.get(own.list)
    if (!own || !list) return ''
    const levelAt = (at: number) => own.levels.get(at) ?? list[Math.min(at, list.length - 1)]
    const counter = this.counters.get(own.list) ?? new ListCounter()
    this.counters.set(own.list, counter)
    const first = own.startAt.get(level)
    if (first !== undefined && !this.used.has(own)) counter.set(level, first)
    else counter.next(level, (at) => levelAt(at)?.startAt ?? 1)
    this.used.add(own)
    const shown = levelAt(level)
    if (!shown || formatOfCode(shown.code & 0xff) === 'none') return ''
    const legal = (shown.code & (DIGITS_ONLY << 8)) !== 0
    return Array.from(shown.text, (sign) => {
      const at = sign.charCodeAt(0)
      if (at >= LEVELS) return sign
      const format = formatOfCode((levelAt(at)?.code ?? 0) & 0xff)
      return formatNumber(counter.at(at), legal && format !== 'none' ? 'decimal' : format)
    }).join('')
  }

  private readLists(lists: Buffer, levels: Buffer): void {
    const count = lists.readUInt16LE(0)
    let at = 0
    for (let i = 0; i < count && 2 + (i + 1) * LIST_BYTES <= lists.length; i++) {
      const list = lists.subarray(2 + i * LIST_BYTES)
      const isSimple = (list[26]! & 1) !== 0
      const own: Level[] = []
      for (let level = 0; level < (isSimple ? 1 : LEVELS); level++) {
        const read = readLevel(levels, at)
        if (read === null) return
        own.push(read.level)
        at = read.end
      }
      this.lists.set(list.readInt32LE(0), own)
    }
  }

  private readOverrides(overrides: Buffer): void {
    const count = overrides.readUInt32LE(0)
    let at = 4 + count * OVERRIDE_BYTES
    if (at > overrides.length) return
    for (let i = 0; i < count; i++) {
      const entry = overrides.subarray(4 + i * OVERRIDE_BYTES)
      const override: Override = { list: entry.readInt32LE(0), startAt: new Map(), levels: new Map() }
      this.overrides.push(override)
      at += 4
      for (let k = 0; k < entry[12]! && at + 8 <= overrides.length; k++) {
        const startAt = overrides.readInt32LE(at)
        const flags = overrides.readUInt32LE(at + 4)
        const level = flags & 0xf
        at += 8
        if (flags & 0x20) {
          const read = readLevel(overrides, at)
          if (read === null) return
          override.levels.set(level, read.level)
          if (flags & 0x10) override.startAt.set(level, read.level.startAt)
          at = read.end
        } else if (flags & 0x10) override.startAt.set(level, startAt)
      }
    }
  }
}

function readLevel(bytes: Buffer, at: number): { level: Level; end: number } | null {
  if (at + LEVEL_BYTES > bytes.length) return null
  const textAt = at + LEVEL_BYTES + bytes[at + 24]! + bytes[at + 25]!
  if (textAt + 2 > bytes.length) return null
  const end = textAt + 2 + bytes.readUInt16LE(textAt) * 2
  if (end > bytes.length) return null
  const level = {
    startAt: bytes.readInt32LE(at),
    code: bytes[at + 4]! | ((bytes[at + 5]! & DIGITS_ONLY) << 8),
    text: bytes.toString('utf16le', textAt + 2, end),
  }
  return { level, end }
}
