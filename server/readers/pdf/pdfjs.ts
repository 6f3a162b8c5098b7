import { createRequire } from 'node:module'
import type * as Pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs'

const require = createRequire(import.meta.url)

let loaded: Promise<typeof Pdfjs> | null = null

/**
 * The library, loaded with the first PDF: it takes longer to load than a text file to read. Of its builds the small ones,
 * which take 150 MB less: the others come with maps of their sources, and these are loaded too.
 */
export const pdfjs = (): Promise<typeof Pdfjs> => (loaded ??= load())

async function load(): Promise<typeof Pdfjs> {
  const library = await import('pdfjs-dist/legacy/build/pdf.min.mjs')
  library.GlobalWorkerOptions.workerSrc = require.resolve('pdfjs-dist/legacy/build/pdf.worker.min.mjs')
  return library
}
