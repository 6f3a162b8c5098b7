import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const SOURCES = ['db', 'server', 'web/src', 'seeds']
/** Migrations say what once was; the documents' data of the demo are no code. */
const NOT_CODE = /^(?:db\/migrations|seeds\/(?:documents|gold|results))\//

/** Files of code, by their path from the root. */
const files = SOURCES.flatMap((folder) =>
  readdirSync(`${root}/${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|vue|css|json)$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`.replace(/\/+/g, '/').slice(root.length)),
).filter((path) => !NOT_CODE.test(path))

/** The files that name a word. */
export const naming = (id: string) =>
  files.filter((path) => new RegExp(`\\b${id}\\b`).test(readFileSync(root + path, 'utf8')))
