import type { PageSize } from './page-map.ts'

/** The pages of a picture file. */
export interface Pictures {
  /** Width and height of each in its own pixels. */
  sizes: PageSize[]
  /** One page, to be closed by whoever asked for it. */
  draw: (index: number) => Promise<ImageBitmap>
  /** Frees what was read. */
  close: () => void
}
