import JSZip from 'jszip'
import { NotShown } from '../not-shown.ts'

/** Most bytes of one part of an OFD once unpacked, and most pages that are drawn. */
const MOST_PART = 30 * 1024 * 1024
const MOST_PAGES = 500

/** Left, top, width and height in millimetres. */
type Box = [x: number, y: number, width: number, height: number]
const A4: Box = [0, 0, 210, 297]

/** A page with all that is needed to draw it. Lengths are millimetres. */
export interface OfdPage {
  /** Where its upper left corner lies in the space of its objects. */
  x: number
  y: number
  width: number
  height: number
  /** What it is laid over, then its own content; each the element that holds layers. */
  contents: Element[]
  resources: OfdResources
}

/** An OFD (GB/T 33190), as far as it can be drawn: the pages of all documents in it, one behind the other. */
export interface OfdFile {
  pages: OfdPage[]
}

/** What the objects of a page name by ids, which only count within one document. */
export interface OfdResources {
  /** Names of fonts by their ids. */
  fonts: ReadonlyMap<string, string>
  /** Drawn objects that pages use again, by their ids. */
  units: ReadonlyMap<string, Element>
  /** A picture by its id; null where it is none that a browser knows. */
  picture: (id: string) => Promise<Blob | null>
}

/** @throws {NotShown} encrypted, broken or too-large */
export async function openOfd(bytes: Uint8Array): Promise<OfdFile> {
  try {
    return await read(await JSZip.loadAsync(bytes))
  } catch (error) {
    throw error instanceof NotShown ? error : new NotShown('broken')
  }
}

async function read(zip: JSZip): Promise<OfdFile> {
  const paths = new Map(Object.keys(zip.files).map((path) => [keyOf(path), path]))
  const part = (path: string) => zip.file(paths.get(keyOf(path)) ?? '')
  const markup = async (path: string): Promise<Element> => {
    const text = await part(path)?.async('string')
    if (text === undefined || text.length > MOST_PART) throw new NotShown(text === undefined ? 'broken' : 'too-large')
    return new DOMParser().parseFromString(text, 'application/xml').documentElement
  }
  if (part('Encryptions.xml')) throw new NotShown('encrypted')
  /** A path as a part at `from` names it; some programs write all of them from the root. */
  const find = (from: string, path: string): string => {
    const [near, far] = [resolve(from, path), resolve('', path)]
    return !part(near) && part(far) ? far : near
  }
  const addResources = async (from: string, nodes: readonly Element[], to: Resources) => {
    for (const node of nodes) {
      const path = find(from, node.textContent ?? '')
      if (part(path)) to.add(path, await markup(path), find)
    }
  }
  const documentPages = async (from: string): Promise<OfdPage[]> => {
    const document = await markup(from)
    const common = childAt(document, 'CommonData')
    const resources = new Resources(part)
    await addResources(from, [...children(common, 'PublicRes'), ...children(common, 'DocumentRes')], resources)
    const templates = new Map(
      children(common, 'TemplatePage').map((node) => [
        node.getAttribute('ID') ?? '',
        find(from, node.getAttribute('BaseLoc') ?? ''),
      ]),
    )
    const usual = boxOf(childAt(common, 'PageArea')) ?? A4
    const own: OfdPage[] = []
    for (const node of children(childAt(document, 'Pages'), 'Page').slice(0, MOST_PAGES)) {
      const path = find(from, node.getAttribute('BaseLoc') ?? '')
      const page = await markup(path)
      await addResources(path, children(page, 'PageRes'), resources)
      const below: Element[] = []
      for (const template of children(page, 'Template')) {
        const known = templates.get(template.getAttribute('TemplateID') ?? '')
        if (known && part(known)) below.push(...children(await markup(known), 'Content'))
      }
      const [x, y, width, height] = boxOf(childAt(page, 'Area')) ?? usual
      const contents = [...below, ...children(page, 'Content')]
      own.push({ x, y, width: Math.max(width, rightOfWords(contents, width)), height, contents, resources })
    }
    return own
  }
  if (part('Encryptions.xml')) throw new NotShown('encrypted')
  const pages: OfdPage[] = []
  for (const body of children(await markup('OFD.xml'), 'DocBody')) {
    const start = textAt(body, 'DocRoot')
    if (start) pages.push(...(await documentPages(find('', start))))
  }
  if (pages.length === 0) throw new NotShown('broken')
  return { pages: pages.slice(0, MOST_PAGES) }
}

/** What is left free beside words that reach over the edge of their page, in millimetres. */
const EDGE = 10

/** Some programs set lines longer than the page is wide: it is drawn as wide as they are, or words would be cut off. */
function rightOfWords(contents: readonly Element[], width: number): number {
  let right = width
  for (const content of contents) {
    for (const object of content.getElementsByTagNameNS('*', 'TextObject')) {
      const [x = 0, , wide = 0] = numbersOf(object.getAttribute('Boundary'))
      // Twice the page is no line but a mistake.
      if (x + wide > right - EDGE && x + wide > width && x + wide < width * 2) right = x + wide + EDGE
    }
  }
  return right
}

/** Kinds of pictures that every browser draws, by their first bytes: names of parts are often wrong. */
const PICTURES: readonly (readonly [start: readonly number[], type: string])[] = [
  [[0x89, 0x50, 0x4e, 0x47], 'image/png'],
  [[0xff, 0xd8, 0xff], 'image/jpeg'],
  [[0x42, 0x4d], 'image/bmp'],
  [[0x47, 0x49, 0x46, 0x38], 'image/gif'],
]

const pictureType = (bytes: Uint8Array): string | null =>
  PICTURES.find(([start]) => start.every((byte, i) => bytes[i] === byte))?.[1] ?? null

class Resources implements OfdResources {
  readonly fonts = new Map<string, string>()
  readonly units = new Map<string, Element>()
  private readonly pictures = new Map<string, string>()

  constructor(private readonly part: (path: string) => JSZip.JSZipObject | null) {}

  /** Takes over what a resource file at `path` holds. */
  add(path: string, root: Element, find: (from: string, path: string) => string): void {
    const base = root.getAttribute('BaseLoc')
    const folder = base ? `${find(path, base)}/` : path
    for (const node of children(childAt(root, 'Fonts'), 'Font'))
      this.fonts.set(node.getAttribute('ID') ?? '', node.getAttribute('FontName') ?? '')
    for (const node of children(childAt(root, 'CompositeGraphicUnits'), 'CompositeGraphicUnit'))
      this.units.set(node.getAttribute('ID') ?? '', node)
    for (const node of children(childAt(root, 'MultiMedias'), 'MultiMedia'))
      this.pictures.set(node.getAttribute('ID') ?? '', find(folder, textAt(node, 'MediaFile') ?? ''))
  }

  async picture(id: string): Promise<Blob | null> {
    const path = this.pictures.get(id)
    const found = path && this.part(path)
    if (!found) return null
    const bytes = await found.async('uint8array')
    const type = pictureType(bytes)
    return type === null ? null : new Blob([bytes as Uint8Array<ArrayBuffer>], { type })
  }
}

const keyOf = (path: string): string => path.replace(/\\/g, '/').replace(/^\/+/, '').toLowerCase()

/** Children by their name without its prefix. */
export const children = (node: Element | undefined, name: string): Element[] =>
  [...(node?.children ?? [])].filter((child) => child.localName === name)

export function childAt(node: Element | undefined, ...path: string[]): Element | undefined {
  return path.reduce<Element | undefined>((at, name) => children(at, name)[0], node)
}

const textAt = (node: Element, ...path: string[]): string | undefined =>
  childAt(node, ...path)?.textContent?.trim() || undefined

export const numbersOf = (text: string | null | undefined): number[] =>
  (text ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
    .filter(Number.isFinite)

function boxOf(area: Element | undefined): Box | null {
  for (const name of ['PhysicalBox', 'ApplicationBox', 'ContentBox']) {
    const numbers = numbersOf(area && textAt(area, name))
    if (numbers.length === 4 && numbers[2]! > 0 && numbers[3]! > 0) return numbers as Box
  }
  return null
}

/** A path as a part names it: from the root where it begins with a slash, else from the folder of that part. */
function resolve(from: string, path: string): string {
  const given = path.trim().replace(/\\/g, '/')
  const steps = given.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const step of given.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}
