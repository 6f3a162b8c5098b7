import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../../folders.ts'
import { type LaidPage, textOfPages } from '../layout/index.ts'
import { type ReadContext, type Reader, ReadError, type ReadResult } from '../types.ts'
import { withMatchedBrackets, withThousandths } from './correct.ts'
import { laidPage, recognisePage, type RecognisedPage } from './page.ts'
import type { RecognisedLine } from './recognised-line.ts'
import type { Canvas } from './canvas.ts'
import { withFaintSigns } from './faint-signs.ts'
import { withLikelySigns } from './likely-signs.ts'
import { withLikelyWords } from './likely-words.ts'
import { withOneReading } from './one-reading.ts'
import { pictureKind, picturesOf } from './picture.ts'
import { wordsOf } from './words.ts'

/** A page that was read from its picture. */
export interface ScannedPage {
  laid: LaidPage
  lines: RecognisedLine[]
  perspective: RecognisedPage['perspective']
  toPage: RecognisedPage['toPage']
}

/** Longer side of A4 in points, for pictures that do not say how large they are. */
const A4_SIDE = 842
/** Seconds of a processor that a page may take on a slow machine. */
const SECONDS = 90

/**
 * Reads one page from its picture, or takes what was read of it before a restart; null where there is no picture.
 * @param number of the page, from 1
 * @param side longer side of the page in points, where it is known
 */
async function scanPage(
  number: number,
  picture: () => Promise<Canvas | null>,
  { keepDir, moreTime }: Pick<ReadContext, 'keepDir' | 'moreTime'>,
  side: number = A4_SIDE,
): Promise<ScannedPage | null> {
  const known = keepDir === null ? null : kept(keepDir, number)
  if (known === null) moreTime(SECONDS)
  const given = known === null ? await picture() : null
  const page = known ?? (given && (await recognisePage(given)))
  if (page === null) return null
  if (known === null && keepDir !== null) keep(keepDir, number, page)
  const { lines, perspective, toPage } = page
  return { laid: laidPage(page, side / Math.max(page.width, page.height * page.aspect)), lines, perspective, toPage }
}

/**
 * Reads those pages that are pictures, one after the other, and puts what was read into `pages`.
 * @param numbers of these pages, from 1
 * @param draw the picture of a page; null where there is none that can be opened
 */
export async function scanPages(
  numbers: readonly number[],
  pages: LaidPage[],
  draw: (number: number) => Promise<Canvas | null>,
  context: Pick<ReadContext, 'keepDir' | 'moreTime' | 'signal' | 'onPage' | 'onProgress'>,
): Promise<ReadonlyMap<number, ScannedPage>> {
  const scans = new Map<number, ScannedPage>()
  for (const [done, number] of numbers.entries()) {
    context.signal.throwIfAborted()
    context.onPage(done + 1, numbers.length)
    const { width, height } = pages[number - 1]!
    const scan = await scanPage(number, () => draw(number), context, Math.max(width, height))
    if (scan !== null && scan.lines.length > 0) {
      scans.set(number, scan)
      pages[number - 1] = scan.laid
    }
    context.onProgress((done + 1) / numbers.length)
  }
  return scans
}

/** Puts pages together; `scans` has those that were read from pictures, by their number from 1. */
export function textWithScans(laid: readonly LaidPage[], scans: ReadonlyMap<number, ScannedPage>): ReadResult {
  const numbers = [...scans.keys()]
  const agreed = withOneReading([...scans.values()].map(({ lines }) => lines.map(likely)))
  const linesOf = new Map(numbers.map((number, i) => [number, agreed[i]!]))
  const { text: read, pages } = textOfPages(laid.map((page, i) => withLines(page, linesOf.get(i + 1))))
  const text = scans.size === 0 ? read : withThousandths(withMatchedBrackets(read))
  for (const page of pages) {
    const scan = scans.get(page.number)
    if (scan === undefined) continue
    const end = pages[page.number]?.start ?? text.length
    const { toPage, perspective } = scan
    page.scan = {
      toPage,
      words: wordsOf(linesOf.get(page.number)!, text.slice(page.start, end), page.start, perspective),
    }
  }
  return { text, pages }
}

/** A line as it is likeliest where letters or signs are faint or blurred. */
const likely = (line: RecognisedLine): RecognisedLine => withLikelyWords(withLikelySigns(withFaintSigns(line)))

/** A page with the words of its lines, which are its pieces. */
const withLines = (page: LaidPage, lines: readonly RecognisedLine[] | undefined): LaidPage =>
  lines === undefined ? page : { ...page, pieces: page.pieces.map((piece, i) => ({ ...piece, text: lines[i]!.text })) }

/** Reads pictures of pages: jpg, png, and tif with any number of pages. */
export const readPicture: Reader = async (bytes, context) => {
  const { fileName, signal, onProgress, onPage, limits } = context
  const kind = pictureKind(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(16, bytes.length)).toString('latin1'))!
  const laid: LaidPage[] = []
  const scans = new Map<number, ScannedPage>()
  for await (const { picture, of } of picturesOf(bytes, kind, fileName)) {
    signal.throwIfAborted()
    if (of > limits.pages) throw new ReadError('too-large', fileName, `超过 ${limits.pages} 页，请拆分后再导入。`)
    const number = laid.length + 1
    onPage(number, of)
    const scan = (await scanPage(number, async () => picture, context))!
    scans.set(number, scan)
    laid.push(scan.laid)
    onProgress(number / of)
  }
  return textWithScans(laid, scans)
}

const pathOf = (folder: string, number: number) => join(folder, `scan-${number}.json`)

function kept(folder: string, number: number): RecognisedPage | null {
  const path = pathOf(folder, number)
  if (!existsSync(path)) return null
  // What an earlier version kept has no aspect.
  return { aspect: 1, ...(JSON.parse(readFileSync(path, 'utf8')) as Omit<RecognisedPage, 'aspect'>) }
}

function keep(folder: string, number: number, page: RecognisedPage): void {
  const path = pathOf(folder, number)
  makeFolder(folder)
  // In one step: where it is, all of the page is.
  writeFileSync(`${path}.part`, JSON.stringify(page))
  renameSync(`${path}.part`, path)
}
