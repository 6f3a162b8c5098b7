import { IDENTITY, type Matrix, multiply } from '../layout/matrix.ts'
import { upright } from '../layout/turns.ts'
import type { LaidPage } from '../layout/index.ts'
import { childAt, childrenOf, type XmlNode } from '../xml.ts'
import { boxOf, numbersOf, type OfdDocument, type OfdPackage } from './package.ts'
import { rulesOfPath } from './path-object.ts'
import { withoutRunningHeads } from './running-heads.ts'
import { piecesOfText } from './text-object.ts'

/** Points in a millimetre. */
const POINTS = 72 / 25.4

/** Blocks and composite objects in one another; deeper are loops. */
const DEEPEST = 24

/** A picture on a page; `toPage` leads from the unit square, which it fills, to points. */
export interface PlacedPicture {
  path: string
  toPage: Matrix
}

type Laid = Parameters<typeof upright>[0] & { pictures: PlacedPicture[] }

/** A page with the templates it is laid over, and the pictures on it. */
export async function laidPage(
  file: OfdPackage,
  document: OfdDocument,
  path: string,
): Promise<{ laid: LaidPage; pictures: PlacedPicture[] }> {
  const page = await file.markup(path)
  await file.addResources(path, page, 'PageRes', document)
  const [x, y, width, height] = boxOf(childAt(page, 'Area')) ?? document.box
  const toPage: Matrix = [POINTS, 0, 0, POINTS, -x * POINTS, -y * POINTS]
  const laid: Laid = { width: width * POINTS, height: height * POINTS, pieces: [], rules: [], pictures: [] }
  for (const { attributes } of childrenOf(page, 'Template')) {
    const below = document.templates.get(attributes.TemplateID ?? '')
    if (below !== undefined && file.has(below)) addLayers(await file.markup(below), toPage, document, laid)
  }
  const template = laid.pieces
  laid.pieces = []
  addLayers(page, toPage, document, laid)
  laid.pieces = [...withoutRunningHeads(template, laid.pieces, laid.height), ...laid.pieces]
  return { laid: upright(laid), pictures: laid.pictures }
}

function addLayers(page: XmlNode, toPage: Matrix, document: OfdDocument, laid: Laid): void {
  for (const layer of childrenOf(childAt(page, 'Content'), 'Layer')) addBlock(layer, toPage, document, laid, 0)
}

function addBlock(block: XmlNode, toPage: Matrix, document: OfdDocument, laid: Laid, depth: number): void {
  if (depth > DEEPEST) return
  for (const object of block.children) {
    if (object.name === 'PageBlock') addBlock(object, toPage, document, laid, depth + 1)
    else if (isShown(object)) addObject(object, multiply(toPage, placeOf(object)), document, laid, depth)
  }
}

function addObject(object: XmlNode, matrix: Matrix, document: OfdDocument, laid: Laid, depth: number): void {
  if (object.name === 'TextObject') laid.pieces.push(...piecesOfText(object, matrix))
  else if (object.name === 'PathObject') laid.rules.push(...rulesOfPath(object, matrix))
  else if (object.name === 'ImageObject') {
    const path = document.pictures.get(object.attributes.ResourceID ?? '')
    if (path !== undefined) laid.pictures.push({ path, toPage: matrix })
  } else if (object.name === 'CompositeObject') {
    const unit = document.units.get(object.attributes.ResourceID ?? '')
    for (const content of childrenOf(unit, 'Content')) addBlock(content, matrix, document, laid, depth + 1)
  }
}

const isShown = ({ attributes }: XmlNode): boolean =>
  attributes.Visible?.toLowerCase() !== 'false' && attributes.Alpha !== '0'

/** From an object's own space to that of its block: its matrix first, then its place. */
function placeOf({ attributes }: XmlNode): Matrix {
  const [x = 0, y = 0] = numbersOf(attributes.Boundary)
  const own = numbersOf(attributes.CTM)
  return multiply([1, 0, 0, 1, x, y], own.length === 6 ? (own as unknown as Matrix) : IDENTITY)
}
