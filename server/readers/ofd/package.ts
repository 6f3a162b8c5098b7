import { childAt, childrenOf, parseXml, type XmlNode } from '../xml.ts'
import type { Package } from '../zip.ts'

/** One document of an OFD package. */
export interface OfdDocument {
  /** Paths of its pages in order, from the root of the package. */
  pages: string[]
  /** Size of pages that state none, as `x y width height` in millimetres. */
  box: Box
  /** Pages that others are laid over, by their ids. */
  templates: ReadonlyMap<string, string>
  /** Drawn objects that pages use again, by their ids. */
  units: ReadonlyMap<string, XmlNode>
}

type Box = [x: number, y: number, width: number, height: number]

/** A4. */
const USUAL_BOX: Box = [0, 0, 210, 297]

/** The parts of an OFD package by their paths, as GB/T 33190 chapters 5 to 7 lay them out. */
export class OfdPackage {
  constructor(private readonly zip: Package) {}

  /** @throws {Error} where there is no document in it */
  async documents(): Promise<OfdDocument[]> {
    const root = await this.markup('OFD.xml')
    const paths = childrenOf(root, 'DocBody').flatMap((body) => textAt(body, 'DocRoot') ?? [])
    const documents = []
    for (const path of paths) documents.push(await this.document(resolve('', path)))
    if (documents.every(({ pages }) => pages.length === 0)) throw new Error('no pages')
    return documents
  }

  private async document(path: string): Promise<OfdDocument> {
    const root = await this.markup(path)
    const common = childAt(root, 'CommonData')
    const templates = new Map<string, string>()
    for (const { attributes } of childrenOf(common, 'TemplatePage'))
      if (attributes.ID && attributes.BaseLoc) templates.set(attributes.ID, resolve(path, attributes.BaseLoc))
    const units = new Map<string, XmlNode>()
    for (const name of ['PublicRes', 'DocumentRes'])
      for (const { text } of childrenOf(common, name)) await this.addUnits(resolve(path, text.trim()), units)
    return {
      pages: childrenOf(childAt(root, 'Pages'), 'Page').flatMap(({ attributes }) =>
        attributes.BaseLoc ? [resolve(path, attributes.BaseLoc)] : [],
      ),
      box: boxOf(childAt(common, 'PageArea')) ?? USUAL_BOX,
      templates,
      units,
    }
  }

  private async addUnits(path: string, units: Map<string, XmlNode>): Promise<void> {
    if (!this.zip.has(path)) return
    const root = await this.markup(path)
    for (const unit of childrenOf(childAt(root, 'CompositeGraphicUnits'), 'CompositeGraphicUnit'))
      if (unit.attributes.ID) units.set(unit.attributes.ID, unit)
  }

  /** A part that must be there. @throws {Error} where it is not, or is no markup */
  async markup(path: string): Promise<XmlNode> {
    const bytes = await this.zip.part(path)
    if (bytes === null) throw new Error(`no ${path}`)
    return parseXml(bytes)
  }

  has(path: string): boolean {
    return this.zip.has(path)
  }
}

const textAt = (node: XmlNode, name: string): string | undefined => childAt(node, name)?.text.trim() || undefined

/** A path as a part names it: from the root where it begins with a slash, else from the folder of that part. */
function resolve(from: string, path: string): string {
  const given = path.replaceAll('\\', '/')
  const steps = given.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const step of given.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}

/** Numbers of a list as OFD writes them. */
export const numbersOf = (text: string | undefined): number[] =>
  (text ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
    .filter(Number.isFinite)

/** The size of a page from its area: the paper, else what is shown of it. */
export function boxOf(area: XmlNode | undefined): Box | null {
  for (const name of ['PhysicalBox', 'ApplicationBox', 'ContentBox']) {
    const numbers = numbersOf(childAt(area, name)?.text)
    if (numbers.length === 4 && numbers[2]! > 0 && numbers[3]! > 0) return numbers as Box
  }
  return null
}
