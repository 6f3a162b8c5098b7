/** Files that came out of a zip and wait for their import: each bears the name of its zip, so that they can be taken back together. */
import { randomUUID } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'

const prefixOf = (zip: string): string => `${basename(zip)}-`

/** A name for one more file out of a zip. */
export const unpackedName = (zip: string): string => prefixOf(zip) + randomUUID()

/** Removes what has come out of a zip so far. */
export function removeUnpacked(folder: string, zip: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith(prefixOf(zip))) rmSync(join(folder, name), { force: true })
}
