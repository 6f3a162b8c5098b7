import type { DocumentText } from '../../../api/types.ts'
import type { Span } from '../../../reading/selected.ts'

/** What every renderer of an original takes. */
export interface RendererProps {
  /** Null for plain text, which is shown as it was read. */
  bytes: Uint8Array | null
  text: DocumentText
  /** 1 is 100 %; null fits the width. */
  zoom: number | null
  /** Words to show, in offsets of `text.text`; null for none. */
  words: Span | null
  /** Place in `text.text` that is looked at in the text beside; null where nobody has scrolled it. */
  look: number | null
}

/** What it tells. */
export interface RendererEvents {
  /** How many pages (of text: lines) there are. */
  pages: [count: number]
  page: [number: number]
  /** The zoom that is shown. */
  scale: [scale: number]
  /** Whether the words were found. */
  located: [found: boolean]
  failed: [problem: unknown]
}

/** What can be asked of it. */
export interface Renderer {
  goTo: (page: number) => void
}
