import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

/** Name of the notice in the built app; the server serves it under this address. */
export const LICENCES_FILE = 'licences.txt'

const IN_PACKAGE = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/
const LICENCE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i

/** Writes the licences of every package that went into the bundle, as most of them ask for, into one file beside it. */
export function licencesFile(): Plugin {
  return {
    name: 'licences-file',
    apply: 'build',
    generateBundle(_options, bundle) {
      const folders = new Set<string>()
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk')
          for (const id of chunk.moduleIds) {
            const folder = IN_PACKAGE.exec(id.replace(/^\0/, '').split('?')[0]!)?.[1]
            if (folder !== undefined) folders.add(folder)
          }
      // Bundled by itself, for its worker, and with data files beside the bundle.
      folders.add(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')))
      const notices = [...folders].map(noticeOf).sort((a, b) => (a < b ? -1 : 1))
      this.emitFile({
        type: 'asset',
        fileName: LICENCES_FILE,
        source: [...new Set(notices)].join(`\n${'-'.repeat(72)}\n\n`),
      })
    },
  }
}

function noticeOf(folder: string): string {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>
  const texts = readdirSync(folder)
    .filter((name) => LICENCE.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8').trim())
  return (
    [`${String(about.name)} ${String(about.version)}: ${String(about.license ?? 'see below')}`, ...texts].join('\n\n') +
    '\n'
  )
}
