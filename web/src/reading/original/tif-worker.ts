/** The thread in which a tif is decoded, page by page as they are looked at. */
import { decode, decodeImage, type IFD, toRGBA8 } from 'utif2'
import type { TifAnswer, TifRequest } from './open-tif.ts'

/** Larger pages are left out, as they are when the file is read. */
const MOST_PIXELS = 64_000_000

let data = new ArrayBuffer(0)
let pages: IFD[] = []

/** The first value of a tag. */
const tag = (page: IFD, name: string): number => Number((page[name] as ArrayLike<number> | undefined)?.[0] ?? 0)
const sizeOf = (page: IFD) => ({ width: tag(page, 't256'), height: tag(page, 't257') })

function answer(request: TifRequest): TifAnswer {
  if ('bytes' in request) {
    data = request.bytes.slice().buffer
    pages = decode(data).filter((page) => {
      const { width, height } = sizeOf(page)
      return width > 0 && height > 0
    })
    return { sizes: pages.map(sizeOf) }
  }
  const page = pages[request.index]!
  const { width, height } = sizeOf(page)
  if (width * height > MOST_PIXELS) return null
  // A copy: what a page was unpacked to is forgotten with it.
  const own = { ...page }
  decodeImage(data, own)
  const pixels = new Uint8ClampedArray(toRGBA8(own))
  return { pixels: new ImageData(pixels, width, height) }
}

onmessage = ({ data: request }: MessageEvent<TifRequest>) => {
  try {
    postMessage(answer(request))
  } catch {
    postMessage(null)
  }
}
