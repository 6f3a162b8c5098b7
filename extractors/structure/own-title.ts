import { displayForm } from '../text/display.ts'
import type { DocumentTree, Heading } from './types.ts'

/** Whether a heading is the document's own title, or that of its attached plan, repeated above the text. */
export function isOwnTitle({ head }: DocumentTree, heading: Heading): boolean {
  const words = heading.text.replace(/\s/g, '')
  return words.length >= 8 && head.title.replace(/\s/g, '').includes(words)
}

/** Headings as results show them, outermost first. The document's own title is a field of the document and left out. */
export const shownPath = (document: DocumentTree, path: readonly Heading[]): string[] =>
  path.filter((heading) => !isOwnTitle(document, heading)).map(({ text }) => displayForm(text))
