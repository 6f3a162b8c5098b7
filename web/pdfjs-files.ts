import { cpSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

const PDFJS = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
const { version } = JSON.parse(readFileSync(join(PDFJS, 'package.json'), 'utf8')) as { version: string }
/** What pdfjs fetches by itself: names of Chinese characters, the 14 standard fonts, decoders of scanned pages. */
const FOLDERS = ['cmaps', 'standard_fonts', 'wasm']

/**
 * Puts the data files of pdfjs beside the bundle, under `assets/pdfjs-<version>/`: the intranet reaches no other host.
 * The same place is served while developing.
 */
export function pdfjsFiles(): Plugin {
  const base = `assets/pdfjs-${version}`
  return {
    name: 'pdfjs-files',
    writeBundle({ dir }) {
      for (const folder of FOLDERS) cpSync(join(PDFJS, folder), join(dir!, base, folder), { recursive: true })
    },
    configureServer(server) {
      server.middlewares.use(`/${base}`, (request, response, next) => {
        const path = (request.url ?? '').split('?')[0]!.slice(1)
        if (!FOLDERS.includes(path.split('/')[0]!) || path.includes('..')) return next()
        try {
          if (path.endsWith('.js')) response.setHeader('content-type', 'text/javascript')
          response.end(readFileSync(join(PDFJS, path)))
        } catch {
          next()
        }
      })
    },
  }
}
