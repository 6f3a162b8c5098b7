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
  width: number
  height: number
  /** What it is laid over, then its own content; each the element that holds layers. */
  contents: Element[]
}

/** An OFD (GB/T 33190), as far as it can be drawn. */
export interface OfdFile {
  pages: OfdPage[]
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
  const root = await markup('OFD.xml')
  const start = textAt(root, 'DocBody', 'DocRoot')
  if (!start) throw new NotShown('broken')
  const from = resolve('', start)
  const document = await markup(from)
  const common = childAt(document, 'CommonData')
  const resources = new Resources()
  for (const name of ['PublicRes', 'DocumentRes'])
    for (const node of children(common, name)) {
      const path = resolve(from, node.textContent ?? '')
      if (part(path)) resources.add(path, await markup(path))
    }
  const templates = new Map(
    children(common, 'TemplatePage').map((node) => [node.getAttribute('ID') ?? '', node.getAttribute('BaseLoc') ?? '']),
  )
  const usual = boxOf(childAt(common, 'PageArea')) ?? A4
  const pages: OfdPage[] = []
  for (const node of children(childAt(document, 'Pages'), 'Page').slice(0, MOST_PAGES)) {
    const page = await markup(resolve(from, node.getAttribute('BaseLoc') ?? ''))
    const below: Element[] = []
    for (const template of children(page, 'Template')) {
      const path = templates.get(template.getAttribute('TemplateID') ?? '')
      if (path) below.push(...children(await markup(resolve(from, path)), 'Content'))
    }
    const [, , width, height] = boxOf(childAt(page, 'Area')) ?? usual
    const contents = [...below, ...children(page, 'Content')]
    pages.push({ width: Math.max(width, rightOfWords(contents, width)), height, contents })
  }
  if (pages.length === 0) throw new NotShown('broken')
  return {
    pages,
    fonts: resources.fonts,
    units: resources.units,
    async picture(id) {
      const path = resources.pictures.get(id)
      const type = path && PICTURES[/\.\w+$/.exec(path)?.[0].toLowerCase() ?? '']
      const found = path && part(path)
      return type && found ? new Blob([await found.async('arraybuffer')], { type }) : null
    },
  }
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

/** Kinds of pictures that every browser draws. */
const PICTURES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.bmp': 'image/bmp',
  '.gif': 'image/gif',
}

class Resources {
  readonly fonts = new Map<string, string>()
  readonly units = new Map<string, Element>()
  readonly pictures = new Map<string, string>()

  add(path: string, root: Element): void {
    const base = root.getAttribute('BaseLoc')
    const folder = base ? `${resolve(path, base)}/x` : path
    for (const node of children(childAt(root, 'Fonts'), 'Font'))
      this.fonts.set(node.getAttribute('ID') ?? '', node.getAttribute('FontName') ?? '')
    for (const node of children(childAt(root, 'CompositeGraphicUnits'), 'CompositeGraphicUnit'))
      this.units.set(node.getAttribute('ID') ?? '', node)
    for (const node of children(childAt(root, 'MultiMedias'), 'MultiMedia'))
      this.pictures.set(node.getAttribute('ID') ?? '', resolve(folder, textAt(node, 'MediaFile') ?? ''))
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
