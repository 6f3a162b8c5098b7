import { displayForm } from '../text/display.ts'
import type { DocumentTree, Heading } from './types.ts'

/** Headings as results show them; null for those that are the document's own title. A heading belongs to one document. */
const shown = new WeakMap<Heading, string | null>()

function shownForm({ head }: DocumentTree, heading: Heading): string | null {
  const known = shown.get(heading)
  if (known !== undefined) return known
  const words = heading.text.replace(/\s/g, '')
  const own = words.length >= 8 && head.title.replace(/\s/g, '').includes(words)
  const form = own ? null : displayForm(heading.text)
  shown.set(heading, form)
  return form
}

/** Whether a heading is the document's own title, or that of its attached plan, repeated above the text. */
export const isOwnTitle = (document: DocumentTree, heading: Heading): boolean => shownForm(document, heading) === null

/** Headings as results show them, outermost first. The document's own title is a field of the document and left out. */
export function shownPath(document: DocumentTree, path: readonly Heading[]): string[] {
  const shownHeadings: string[] = []
  for (const heading of path) {
    const form = shownForm(document, heading)
    if (form !== null) shownHeadings.push(form)
  }
  return shownHeadings
}
