/** Elements of a drawn Word document that stay; what else there is gives way to its content. */
const HTML = new Set([
  'DIV',
  'SECTION',
  'ARTICLE',
  'HEADER',
  'FOOTER',
  'P',
  'SPAN',
  'TABLE',
  'COLGROUP',
  'COL',
  'TBODY',
  'THEAD',
  'TR',
  'TD',
  'TH',
  'IMG',
  'BR',
  'OL',
  'UL',
  'LI',
  'SUP',
  'SUB',
  'B',
  'I',
  'U',
  'DEL',
  'INS',
  'H1',
  'H2',
  'H3',
  'H4',
  'H5',
  'H6',
])
const SVG = new Set([
  'svg',
  'g',
  'rect',
  'path',
  'line',
  'polyline',
  'polygon',
  'ellipse',
  'circle',
  'image',
  'foreignObject',
  'text',
  'tspan',
  'defs',
])
/** Those whose content is no text either. */
const SILENT =
  /^(?:script|style|iframe|object|embed|link|meta|base|template|form|input|button|select|textarea|video|audio|animate.*|set|use)$/i
const ATTRIBUTES = new Set([
  'class',
  'style',
  'colspan',
  'rowspan',
  'width',
  'height',
  'x',
  'y',
  'x1',
  'y1',
  'x2',
  'y2',
  'cx',
  'cy',
  'r',
  'rx',
  'ry',
  'd',
  'points',
  'transform',
  'fill',
  'stroke',
  'stroke-width',
  'viewbox',
  'dir',
  'alt',
])
const OWN_PICTURE = /^(?:blob:|data:image\/(?:png|jpe?g|gif|bmp|webp|svg\+xml)[;,])/i
const MATHML = 'http://www.w3.org/1998/Math/MathML'

/** Style sheets and attributes fetch nothing, and nothing of the file stands over our own page. */
export const cleanStyle = (css: string): string =>
  css
    .replace(/@(?:import|font-face|charset|namespace)[^;{]*(?:;|\{[^}]*\})/gi, '')
    .replace(/url\(([^)]*)\)/gi, (whole, address: string) =>
      OWN_PICTURE.test(address.replace(/^["'\s]+/, '')) ? whole : 'none',
    )
    .replace(/position\s*:\s*(?:fixed|sticky)/gi, 'position:static')

function cleanAttributes(element: Element): void {
  for (const { name, value } of [...element.attributes]) {
    const lower = name.toLowerCase()
    if (lower === 'src' || lower === 'href') {
      const isPicture = element.tagName === 'IMG' || element.tagName === 'image'
      if (!isPicture || !OWN_PICTURE.test(value)) element.removeAttribute(name)
    } else if (!ATTRIBUTES.has(lower)) element.removeAttribute(name)
    else if (lower === 'style') element.setAttribute('style', cleanStyle(value))
  }
}

/**
 * Takes out of a drawn document whatever could act: scripts, frames, forms, handlers, links and addresses. To be called
 * before it is put on the page. Links keep their words.
 */
export function cleanDocx(root: Element): void {
  for (const child of [...root.children]) {
    if (SILENT.test(child.localName)) {
      child.remove()
      continue
    }
    cleanDocx(child)
    if (HTML.has(child.tagName) || SVG.has(child.localName)) cleanAttributes(child)
    else if (child.namespaceURI === MATHML) for (const { name } of [...child.attributes]) child.removeAttribute(name)
    else child.replaceWith(...child.childNodes)
  }
}
