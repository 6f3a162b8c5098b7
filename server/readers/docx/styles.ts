import { childAt, childrenOf, parseXml } from '../xml.ts'

/** A paragraph's place in a list; `numId` '0' takes it out of the list of its style. */
export interface InList {
  numId: string | null
  level: number | null
}

interface Style extends InList {
  basedOn: string | null
  hidden: boolean | null
}

/** More styles than this are not followed: they are based on one another in a circle. */
const DEEPEST = 32

/** What styles say about lists and hidden text; everything else of them is only looks. */
export class Styles {
  private readonly styles = new Map<string, Style>()
  private usual: string | null = null

  constructor(part: Buffer | null) {
    if (part === null) return
    for (const style of childrenOf(parseXml(part), 'style')) {
      const { styleId, type } = style.attributes
      if (!styleId) continue
      const list = childAt(style, 'pPr', 'numPr')
      const hidden = childAt(style, 'rPr', 'vanish')
      this.styles.set(styleId, {
        basedOn: childAt(style, 'basedOn')?.attributes.val ?? null,
        numId: childAt(list, 'numId')?.attributes.val ?? null,
        level: numberOf(childAt(list, 'ilvl')?.attributes.val),
        hidden: hidden === undefined ? null : isOn(hidden.attributes.val),
      })
      if (type === 'paragraph' && isOn(style.attributes.default ?? '0')) this.usual = styleId
    }
  }

  /** The list of a paragraph style, with the style in which it was found (levels are tied to that). */
  listOf(style: string | null): (InList & { style: string }) | null {
    for (const [id, { numId, level }] of this.chain(style)) if (numId !== null) return { numId, level, style: id }
    return null
  }

  isHidden(style: string | null): boolean {
    for (const [, { hidden }] of this.chain(style)) if (hidden !== null) return hidden
    return false
  }

  private *chain(style: string | null): Generator<[string, Style]> {
    let id = style ?? this.usual
    for (let i = 0; i < DEEPEST && id !== null; i++) {
      const found: Style | undefined = this.styles.get(id)
      if (found === undefined) return
      yield [id, found]
      id = found.basedOn
    }
  }
}

export const numberOf = (text: string | undefined): number | null => {
  const number = Number.parseInt(text ?? '', 10)
  return Number.isFinite(number) ? number : null
}

/** A switch is on where it stands without a value. */
export const isOn = (value: string | undefined): boolean =>
  value === undefined || !/^(?:0|false|off|none)$/i.test(value)
