import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LaidPage, textOfPages } from '../layout/index.ts'
import type { PageScan, ReadContext, Reader, ReadResult } from '../types.ts'
import { withMatchedBrackets } from './correct.ts'
import { laidPage, recognisePage, type RecognisedLine, type RecognisedPage } from './page.ts'
import { type Canvas, newCanvas, pictureKind, picturesOf } from './picture.ts'
import { wordsOf } from './words.ts'

/** A page that was read from its picture. */
export interface ScannedPage {
  laid: LaidPage
  lines: RecognisedLine[]
  picture: PageScan['picture']
  /** Pixels of the kept picture for a pixel of the one that was read. */
  scale: number
}

/** Longer side of the pictures that are kept to be shown beside the text, in pixels. */
const KEPT_SIDE = 1754
const KEPT_QUALITY = 72
/** Longer side of A4 in points, for pictures that do not say how large they are. */
const A4_SIDE = 842
/** Seconds of a processor that a page may take on a slow machine. */
const SECONDS = 90

/**
 * Reads one page from its picture, or takes what was read of it before a restart.
 * @param number of the page, from 1
 * @param side longer side of the page in points, where it is known
 */
export async function scanPage(
  number: number,
  picture: () => Promise<Canvas>,
  { keepDir, moreTime }: Pick<ReadContext, 'keepDir' | 'moreTime'>,
  side: number = A4_SIDE,
): Promise<ScannedPage> {
  const known = keepDir === null ? null : kept(keepDir, number)
  const { page, bytes } = known ?? (await read(picture, moreTime))
  if (known === null && keepDir !== null) keep(keepDir, number, page, bytes)
  const longer = Math.max(page.width, page.height)
  const scale = Math.min(1, KEPT_SIDE / longer)
  return {
    laid: laidPage(page, side / longer),
    lines: page.lines,
    picture: {
      bytes,
      mediaType: 'image/jpeg',
      width: Math.round(page.width * scale),
      height: Math.round(page.height * scale),
    },
    scale,
  }
}

/** Puts pages together; `scans` has those that were read from pictures, by their number from 1. */
export function textWithScans(laid: readonly LaidPage[], scans: ReadonlyMap<number, ScannedPage>): ReadResult {
  const { text: read, pages } = textOfPages(laid)
  const text = scans.size === 0 ? read : withMatchedBrackets(read)
  for (const page of pages) {
    const scan = scans.get(page.number)
    if (scan === undefined) continue
    const end = pages[page.number]?.start ?? text.length
    page.scan = { picture: scan.picture, words: wordsOf(scan, text.slice(page.start, end), page.start) }
  }
  return { text, pages }
}

/** Reads pictures of pages: jpg, png, and tif with any number of pages. */
export const readPicture: Reader = async (bytes, context) => {
  const { fileName, signal, onProgress, limits } = context
  const kind = pictureKind(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(16, bytes.length)).toString('latin1'))!
  const laid: LaidPage[] = []
  const scans = new Map<number, ScannedPage>()
  for await (const picture of picturesOf(bytes, kind, fileName)) {
    signal.throwIfAborted()
    const number = laid.length + 1
    if (number > limits.pages) break
    const scan = await scanPage(number, async () => picture, context)
    scans.set(number, scan)
    laid.push(scan.laid)
    onProgress(Math.min(0.95, 1 - 1 / (number + 1)))
  }
  return textWithScans(laid, scans)
}

async function read(
  picture: () => Promise<Canvas>,
  moreTime: (seconds: number) => void,
): Promise<{ page: RecognisedPage; bytes: Uint8Array }> {
  moreTime(SECONDS)
  const found = await recognisePage(await picture())
  const scale = Math.min(1, KEPT_SIDE / Math.max(found.picture.width, found.picture.height))
  const { canvas, context } = newCanvas(found.picture.width * scale, found.picture.height * scale)
  context.drawImage(found.picture, 0, 0, canvas.width, canvas.height)
  return { page: found.page, bytes: await canvas.encode('jpeg', KEPT_QUALITY) }
}

const pathsOf = (folder: string, number: number) => ({
  words: join(folder, `page-${number}.json`),
  picture: join(folder, `page-${number}.jpg`),
})

function kept(folder: string, number: number): { page: RecognisedPage; bytes: Uint8Array } | null {
  const { words, picture } = pathsOf(folder, number)
  if (!existsSync(words) || !existsSync(picture)) return null
  return { page: JSON.parse(readFileSync(words, 'utf8')) as RecognisedPage, bytes: readFileSync(picture) }
}

function keep(folder: string, number: number, page: RecognisedPage, bytes: Uint8Array): void {
  const { words, picture } = pathsOf(folder, number)
  mkdirSync(folder, { recursive: true })
  writeFileSync(picture, bytes)
  // The words last and in one step: where they are, all of the page is.
  writeFileSync(`${words}.part`, JSON.stringify(page))
  renameSync(`${words}.part`, words)
}
