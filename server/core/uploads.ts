import { randomUUID } from 'node:crypto'
import { createWriteStream, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import { makeFolder } from '../folders.ts'
import { oneLine } from '../printable.ts'
import { MAX_FILE_BYTES } from '../readers/types.ts'

/** Folder in which uploads wait for their import. */
export const uploadsDir = (dataDir: string): string => join(dataDir, 'uploads')

/** Most files of one upload. */
export const MAX_FILES = 200

/** A received file under a name of ours, or the word that it was too large and is gone again. */
export type Received = { path: string; fileName: string; size: number } | { tooLarge: true; fileName: string }

/** Throws away what a server that ended in the middle left behind. */
export function clearUploads(dataDir: string): void {
  rmSync(uploadsDir(dataDir), { recursive: true, force: true })
}

/**
 * Takes one file of a request to the disk. The stream is read to its end and asked then whether it was cut off, because
 * the limit only marks it (ASVS 5.2.1).
 */
export async function receive(part: MultipartFile, dataDir: string): Promise<Received> {
  makeFolder(uploadsDir(dataDir))
  const path = join(uploadsDir(dataDir), randomUUID())
  const fileName = safeName(part.filename)
  const out = createWriteStream(path)
  try {
    await pipeline(part.file, out)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  if (part.file.truncated || out.bytesWritten > MAX_FILE_BYTES) {
    await rm(path, { force: true })
    return { tooLarge: true, fileName }
  }
  return { path, fileName, size: out.bytesWritten }
}

/** The last part of the name as sent, as a name can be shown; it is only shown, never opened. */
export function safeName(name: string | undefined): string {
  const plain = oneLine((name ?? '').replace(/^.*[/\\]/s, ''))
  return plain === '' ? '未命名文件' : [...plain].slice(-200).join('')
}
