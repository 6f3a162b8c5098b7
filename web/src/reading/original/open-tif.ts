import { NotShown } from './not-shown.ts'
import type { PageSize } from './page-map.ts'
import type { Pictures } from './picture-pages.ts'
import Worker from './tif-worker.ts?worker'

/** What the thread is asked: first to open a file, then for its pages. */
export type TifRequest = { bytes: Uint8Array } | { index: number }
/** What it answers, in the order asked; null where it could not. */
export type TifAnswer = { sizes: PageSize[] } | { pixels: ImageData } | null

/** Opens a tif. @throws {NotShown} broken */
export async function openTif(bytes: Uint8Array): Promise<Pictures> {
  const thread = new Worker()
  const waiting: ((answer: TifAnswer) => void)[] = []
  const next = (answer: TifAnswer) => waiting.shift()?.(answer)
  thread.onmessage = ({ data }: MessageEvent<TifAnswer>) => next(data)
  thread.onerror = () => next(null)
  const ask = (request: TifRequest) =>
    new Promise<TifAnswer>((resolve) => {
      waiting.push(resolve)
      thread.postMessage(request)
    })
  const opened = await ask({ bytes })
  if (opened === null || !('sizes' in opened) || opened.sizes.length === 0) {
    thread.terminate()
    throw new NotShown('broken')
  }
  return {
    sizes: opened.sizes,
    async draw(index) {
      const page = await ask({ index })
      if (page === null || !('pixels' in page)) throw new NotShown('broken')
      return createImageBitmap(page.pixels)
    },
    close: () => thread.terminate(),
  }
}
