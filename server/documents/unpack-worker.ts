/** A process of its own: unpacks a zip of documents into files that wait for their import. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../folders.ts'
import { serveTasks } from '../bounded/serve.ts'
import { documentsIn } from '../readers/batch.ts'
import { isDocument } from '../readers/detect.ts'
import { DEFAULT_LIMITS } from '../readers/types.ts'
import { MAX_FILES, type Received, safeName } from '../core/uploads.ts'
import { removeUnpacked, unpackedName } from './unpacked-files.ts'

export interface UnpackTask {
  path: string
  fileName: string
  /** Folder for what is unpacked. */
  folder: string
}

serveTasks<UnpackTask, never, Received[] | null>(async ({ path, fileName, folder }) => {
  const source = { bytes: readFileSync(path), fileName }
  if (await isDocument(source)) return null
  makeFolder(folder)
  removeUnpacked(folder, path) // of a try that was ended in the middle
  const files: Received[] = []
  try {
    for await (const { name, bytes } of documentsIn(source, DEFAULT_LIMITS, MAX_FILES)) {
      const own = { path: join(folder, unpackedName(path)), fileName: safeName(name) }
      if (bytes === null) files.push({ tooLarge: true, fileName: own.fileName })
      else {
        writeFileSync(own.path, bytes)
        files.push({ ...own, size: bytes.length })
      }
    }
    return files
  } catch (error) {
    for (const file of files) if ('path' in file) rmSync(file.path, { force: true })
    throw error
  }
})
