import { childAt, childrenOf, parseXml, type XmlNode } from '../xml.ts'
import { formatNumber } from './number-formats.ts'
import { isOn, numberOf, type InList, type Styles } from './styles.ts'

interface Level {
  start: number
  format: string
  /** `%1` and so on stand for the numbers of the levels. */
  text: string
  suffix: string
  /** Level after which it starts again; null where it does after any higher one. */
  restart: number | null
  /** All numbers in digits. */
  legal: boolean
  style: string | null
}

interface List {
  abstractId: string
  levels: Map<number, Level>
  /** Levels that start again with this list. */
  starts: Map<number, number>
}

/** Levels of a list. */
const LEVELS = 9

/**
 * Automatic numbering as Word counts it (ECMA-376 part 1, 17.9): lists that share a definition share their count, a list
 * that overrides a start begins again where it is first used, a level begins again behind a higher one.
 */
export class Numbering {
  private readonly lists = new Map<string, List>()
  /** By definition: the number that each level has reached. */
  private readonly counts = new Map<string, (number | undefined)[]>()
  private readonly begun = new Set<string>()

  constructor(
    part: Buffer | null,
    private readonly styles: Styles,
  ) {
    if (part === null) return
    const root = parseXml(part)
    const definitions = new Map(
      childrenOf(root, 'abstractNum').map((node) => [node.attributes.abstractNumId ?? '', node]),
    )
    const nums = new Map(childrenOf(root, 'num').map((node) => [node.attributes.numId ?? '', node]))
    for (const [id, num] of nums) {
      const abstractId = this.definitionOf(num, definitions, nums)
      if (abstractId !== null) this.lists.set(id, listOf(num, abstractId, definitions.get(abstractId)!))
    }
  }

  /** A definition may point to a style, whose list has the levels. */
  private definitionOf(num: XmlNode, definitions: Map<string, XmlNode>, nums: Map<string, XmlNode>): string | null {
    let id = childAt(num, 'abstractNumId')?.attributes.val
    for (let i = 0; i < LEVELS && id !== undefined; i++) {
      const definition = definitions.get(id)
      if (definition === undefined) return null
      const link = childAt(definition, 'numStyleLink')?.attributes.val
      if (link === undefined) return id
      const linked = nums.get(this.styles.listOf(link)?.numId ?? '')
      id = childAt(linked, 'abstractNumId')?.attributes.val
    }
    return null
  }

  /** The words before a paragraph, counted on; empty where it is in no list. To be asked once for each paragraph, in order. */
  next(style: string | null, own: InList): string {
    const ofStyle = this.styles.listOf(style)
    const numId = own.numId ?? ofStyle?.numId ?? null
    const list = numId === null ? undefined : this.lists.get(numId)
    if (list === undefined || numId === null) return ''
    const at = Math.min(LEVELS - 1, Math.max(0, own.level ?? this.levelOf(list, ofStyle) ?? 0))
    const level = list.levels.get(at)
    if (level === undefined) return ''
    this.begin(numId, list)
    const counts = this.countsOf(list)
    counts[at] = (counts[at] ?? level.start - 1) + 1
    for (let below = at + 1; below < LEVELS; below++) {
      const restart = list.levels.get(below)?.restart ?? null
      if (restart === null || (restart > 0 && at < restart)) counts[below] = undefined
    }
    return label(level, list, counts)
  }

  private levelOf(list: List, ofStyle: (InList & { style: string }) | null): number | null {
    if (ofStyle === null) return null
    for (const [at, { style }] of list.levels) if (style === ofStyle.style) return at
    return ofStyle.level
  }

  private begin(numId: string, list: List): void {
    if (this.begun.has(numId)) return
    this.begun.add(numId)
    const counts = this.countsOf(list)
    for (const [level, start] of list.starts) counts[level] = start - 1
  }

  private countsOf({ abstractId }: List): (number | undefined)[] {
    let counts = this.counts.get(abstractId)
    if (counts === undefined) this.counts.set(abstractId, (counts = []))
    return counts
  }
}

function listOf(num: XmlNode, abstractId: string, definition: XmlNode): List {
  const levels = new Map(
    childrenOf(definition, 'lvl').map((node) => [numberOf(node.attributes.ilvl) ?? 0, levelOf(node)]),
  )
  const starts = new Map<number, number>()
  for (const override of childrenOf(num, 'lvlOverride')) {
    const at = numberOf(override.attributes.ilvl) ?? 0
    const own = childAt(override, 'lvl')
    if (own !== undefined) levels.set(at, levelOf(own))
    const start = numberOf(childAt(override, 'startOverride')?.attributes.val)
    if (start !== null) starts.set(at, start)
  }
  return { abstractId, levels, starts }
}

function levelOf(node: XmlNode): Level {
  const value = (name: string) => childAt(node, name)?.attributes.val
  // Formats of later versions stand in an alternative; its plain form is behind it.
  const format = value('numFmt') ?? childAt(node, 'AlternateContent', 'Fallback', 'numFmt')?.attributes.val ?? 'decimal'
  const legal = childAt(node, 'isLgl')
  return {
    start: numberOf(value('start')) ?? 0,
    format,
    text: value('lvlText') ?? '',
    suffix: value('suff') ?? 'tab',
    restart: numberOf(value('lvlRestart')),
    legal: legal !== undefined && isOn(legal.attributes.val),
    style: value('pStyle') ?? null,
  }
}

/** Signs of symbol fonts have no meaning outside them. */
const PRIVATE = /[\uE000-\uF8FF]/g

function label(level: Level, list: List, counts: readonly (number | undefined)[]): string {
  if (level.format === 'bullet') {
    const sign = level.text.replace(PRIVATE, '').trim()
    return sign === '' ? '• ' : `${sign} `
  }
  const text = level.text.replace(/%([1-9])/g, (_, digit: string) => {
    const at = Number(digit) - 1
    const shown = list.levels.get(at)
    return formatNumber(counts[at] ?? shown?.start ?? 1, level.legal ? 'decimal' : (shown?.format ?? 'decimal'))
  })
  // Behind a mark the room to the text is only looks; a bare number needs it.
  const apart = level.suffix !== 'nothing' && /[\da-z]$/i.test(text)
  return apart ? `${text} ` : text
}
