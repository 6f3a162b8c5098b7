import { extract } from '../../../extractors/extract.ts'
import { readDocuments } from '../../../extractors/structure/document-tree.ts'
import type { DocumentTree } from '../../../extractors/structure/types.ts'
import { readText } from '../../../extractors/text/read-text.ts'

/** The only document of a text. */
export function documentOf(text: string): DocumentTree {
  const trees = [...readDocuments(readText(text))]
  if (trees.length !== 1) throw new Error(`${trees.length} documents in the text`)
  return trees[0] as DocumentTree
}

/** number | title | issuer | date of each document of a text, with // between. */
export function headOf(text: string): string {
  const { documents } = extract(text)
  return documents
    .map(({ number, title, issuer, issuedOn }) => [number, title, issuer, issuedOn].join(' | '))
    .join(' // ')
}

/** The tags of a text, each as `lead | responsible | support`, names separated by spaces. */
export const tagsIn = (text: string): string[] =>
  documentOf(text).tags.map(({ lead, responsible, support }) =>
    [lead, responsible, support].map((names) => names.join(' ')).join(' | '),
  )
