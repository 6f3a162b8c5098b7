import { NotShown } from './not-shown.ts'
import type { Pictures } from './picture-pages.ts'
import { openTif } from './open-tif.ts'

const isTif = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0x49 && bytes[1] === 0x49 && bytes[2] === 42) ||
  (bytes[0] === 0x4d && bytes[1] === 0x4d && bytes[3] === 42)

/**
 * Opens a picture: what browsers draw themselves is one page, a tif is decoded in a thread of its own.
 * @throws {NotShown} broken
 */
export async function openPictures(bytes: Uint8Array): Promise<Pictures> {
  if (isTif(bytes)) return openTif(bytes)
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>])
  const draw = async () => createImageBitmap(blob)
  const first = await draw().catch(() => {
    throw new NotShown('broken')
  })
  const size = { width: first.width, height: first.height }
  first.close()
  return { sizes: [size], draw, close: () => undefined }
}
