import iconv from 'iconv-lite'
import { SaxesParser } from 'saxes'

/** Deeper markup than this is built to break what reads it. */
const DEEPEST = 256

/** An element with its name and attributes without their prefixes: programs choose prefixes as they like. */
export interface XmlNode {
  name: string
  attributes: Readonly<Record<string, string>>
  children: XmlNode[]
  /** Its own text, without that of its children. */
  text: string
}

/** What {@link walkXml} tells of a file, in its order. */
export interface XmlVisitor {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  close(name: string): void
  text(text: string): void
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/**
 * Goes through an XML file part by part, without keeping it. Entities of its own are not known, so none can grow, and
 * nothing outside is fetched.
 * @throws {Error} where it has no end or is nested without end
 */
export function walkXml(bytes: Buffer, visitor: XmlVisitor): void {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let depth = 0
  let opened = false
  // Small faults (a control character, an unknown entity) keep nobody from reading the rest.
  parser.on('error', () => {})
  parser.on('opentag', ({ name, attributes }) => {
    opened = true
    if (++depth > DEEPEST) throw new Error('nested too deep')
    visitor.open(localName(name), withLocalNames(attributes as Record<string, string>))
  })
  parser.on('closetag', ({ name }) => {
    depth--
    visitor.close(localName(name))
  })
  parser.on('text', (text) => visitor.text(text))
  parser.on('cdata', (text) => visitor.text(text))
  const decoder = iconv.getDecoder(encodingOf(bytes))
  for (let at = 0; at < bytes.length; at += CHUNK) parser.write(decoder.write(bytes.subarray(at, at + CHUNK)))
  parser.write(decoder.end() ?? '').close()
  if (depth !== 0 || !opened) throw new Error('not closed')
}

/** Bytes that are given to the parser at once: the text of a large part is never whole in memory. */
const CHUNK = 64 * 1024

function withLocalNames(attributes: Record<string, string>): Record<string, string> {
  const plain: Record<string, string> = Object.create(null) as Record<string, string>
  for (const name in attributes) plain[localName(name)] = attributes[name]!
  return plain
}

/** By its first bytes, else as declared, else UTF-8. */
function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf16-be'
  const declared = /^[^>]{0,100}encoding\s*=\s*["']([\w-]{2,20})["']/.exec(
    bytes.subarray(0, 200).toString('latin1'),
  )?.[1]
  if (declared === undefined || /^utf-?8$/i.test(declared) || !iconv.encodingExists(declared)) return 'utf8'
  return /^gb/i.test(declared) ? 'gb18030' : declared
}

/** A whole XML file as a tree; for small ones. @throws {Error} as {@link walkXml} */
export function parseXml(bytes: Buffer): XmlNode {
  const root: XmlNode = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  walkXml(bytes, {
    open(name, attributes) {
      const node: XmlNode = { name, attributes, children: [], text: '' }
      open.at(-1)!.children.push(node)
      open.push(node)
    },
    close() {
      open.pop()
    },
    text(text) {
      open.at(-1)!.text += text
    },
  })
  return root.children[0] ?? root
}

/** Children of that name. */
export const childrenOf = (node: XmlNode | undefined, name: string): XmlNode[] =>
  node?.children.filter((child) => child.name === name) ?? []

/** The first descendant on a path of names. */
export function childAt(node: XmlNode | undefined, ...path: string[]): XmlNode | undefined {
  let at = node
  for (const name of path) at = at?.children.find((child) => child.name === name)
  return at
}
