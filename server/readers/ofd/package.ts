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
  units: Map<string, XmlNode>
  /** Paths of pictures, by their ids. */
  pictures: Map<string, string>
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
    for (const path of paths) documents.push(await this.document(this.find('', path)))
    if (documents.every(({ pages }) => pages.length === 0)) throw new Error('no pages')
    return documents
  }

  private async document(path: string): Promise<OfdDocument> {
    const root = await this.markup(path)
    const common = childAt(root, 'CommonData')
    const templates = new Map<string, string>()
    for (const { attributes } of childrenOf(common, 'TemplatePage'))
      if (attributes.ID && attributes.BaseLoc) templates.set(attributes.ID, this.find(path, attributes.BaseLoc))
    const document: OfdDocument = {
      pages: childrenOf(childAt(root, 'Pages'), 'Page').flatMap(({ attributes }) =>
        attributes.BaseLoc ? [this.find(path, attributes.BaseLoc)] : [],
      ),
      box: boxOf(childAt(common, 'PageArea')) ?? USUAL_BOX,
      templates,
      units: new Map(),
      pictures: new Map(),
    }
    for (const name of ['PublicRes', 'DocumentRes']) await this.addResources(path, common, name, document)
    return document
  }

  /** Adds what the resource files hold that `node`, of the part at `from`, names. */
  async addResources(from: string, node: XmlNode | undefined, name: string, to: OfdDocument): Promise<void> {
    for (const { text } of childrenOf(node, name)) {
      const path = this.find(from, text.trim())
      if (!this.zip.has(path)) continue
      const root = await this.markup(path)
      for (const unit of childrenOf(childAt(root, 'CompositeGraphicUnits'), 'CompositeGraphicUnit'))
        if (unit.attributes.ID) to.units.set(unit.attributes.ID, unit)
      const folder = root.attributes.BaseLoc ? `${this.find(path, root.attributes.BaseLoc)}/` : path
      for (const media of childrenOf(childAt(root, 'MultiMedias'), 'MultiMedia')) {
        const file = textAt(media, 'MediaFile')
        if (media.attributes.ID && file) to.pictures.set(media.attributes.ID, this.find(folder, file))
      }
    }
  }

  /** A path as a part at `from` names it; some programs write all of them from the root. */
  private find(from: string, path: string): string {
    const near = resolve(from, path)
    const far = resolve('', path)
    return !this.zip.has(near) && this.zip.has(far) ? far : near
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

  /** The bytes of a part; null where there is none. */
  part(path: string): Promise<Buffer | null> {
    return this.zip.part(path)
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
