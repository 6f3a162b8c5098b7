import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const WEB = fileURLToPath(new URL('../../web', import.meta.url))

function newest(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'dist' && !entry.name.endsWith('.d.ts'))
    .reduce((latest, entry) => {
      const path = join(folder, entry.name)
      return Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs)
    }, 0)
}

/**
 * Folder of the web app as it stands in the sources, built once for all browser tests of a run. Built beside and then
 * moved into place, so that two test files that start together do not see half of it.
 */
export async function builtWeb(): Promise<string> {
  const place = join(tmpdir(), `zhengbiao-web-${Math.round(newest(WEB))}-${process.getuid?.() ?? 0}`)
  if (existsSync(join(place, 'index.html'))) return place
  const outDir = mkdtempSync(join(tmpdir(), 'zhengbiao-web-build-'))
  await build({ configFile: join(WEB, 'vite.config.ts'), logLevel: 'error', build: { outDir, emptyOutDir: true } })
  try {
    renameSync(outDir, place)
  } catch {
    // Another test file was faster; its build is the same.
    rmSync(outDir, { recursive: true, force: true })
  }
  return place
}
