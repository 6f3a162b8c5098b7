import type { DocumentText, FilePlaces } from '../../../api/types.ts'
import type { Span } from '../../../reading/selected.ts'

/** Words to show in an original. */
export interface Place {
  /** Offsets of `text.text`. */
  words: Span
  /** Where they stand on scanned pages and in sheets, as far as the server knows. */
  known: FilePlaces
}

/** What every renderer of an original takes. */
export interface RendererProps {
  fileId: number
  /** Null where it is not drawn from the file itself: plain text, sheets. */
  bytes: Uint8Array | null
  text: DocumentText
  /** 1 is 100 %; null fits the width. */
  zoom: number | null
  /** Null for none. */
  place: Place | null
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
  /** Whether the words were found, and where, if it is not the page that is shown. */
  located: [found: boolean, where?: string]
  failed: [problem: unknown]
}

/** What can be asked of it. */
export interface Renderer {
  goTo: (page: number) => void
}
