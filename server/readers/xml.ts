import { SaxesParser } from 'saxes'

export type Attributes = Readonly<Record<string, string>>

/** What is done with the pieces of a part of markup, in their order. */
export interface XmlHandler {
  open: (name: string, attributes: Attributes) => void
  close: (name: string) => void
  text: (text: string) => void
}

/** Elements inside of each other; no office program writes a tenth of it. */
const MAX_DEPTH = 1000

/**
 * Parses markup piece by piece. Nothing outside is fetched, and entities that the markup declares are not known.
 * @throws {Error} where it is not well formed or nested too deep
 */
export function parseXml(markup: string, handler: XmlHandler): void {
  const parser = new SaxesParser({ fragment: false })
  let depth = 0
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > MAX_DEPTH) throw new Error('nested too deep')
    handler.open(name, attributes as Attributes)
  })
  parser.on('closetag', ({ name }) => {
    depth--
    handler.close(name)
  })
  parser.on('text', (text) => handler.text(text))
  parser.on('cdata', (text) => handler.text(text))
  parser.write(markup).close()
}
