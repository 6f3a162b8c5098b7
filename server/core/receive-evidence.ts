import { existsSync } from 'node:fs'
import { copyFile, readFile, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyRequest } from 'fastify'
import { receive } from './uploads.ts'
import { makeFolder } from '../folders.ts'
import { Problem } from '../errors.ts'
import { fileHash } from '../file-hash.ts'
import { renameDurably } from '../fsync.ts'
import { filesDir } from '../paths.ts'
import { ReadError } from '../readers/types.ts'
import { evidenceType, MAX_EVIDENCE_BYTES } from './evidence-type.ts'

/** An evidence file that has been checked and lies at its place, but stands in no row yet. */
export interface StoredFile {
  name: string
  sha256: string
  mediaType: string
  size: number
}

/** A file that was not taken, and why. */
interface RefusedFile {
  name: string
  message: string
}

/**
 * Takes the files of a multipart request to the disk, checks each by its content and stores it under the hash of its
 * bytes. One that cannot be taken is named and does not keep the others out.
 * @throws {Problem} 413 or 422 naming the files where none can be taken, 400 where there is none, 415 where it is no multipart request
 */
export async function receiveEvidence(
  request: FastifyRequest,
  dataDir: string,
): Promise<{ files: StoredFile[]; refused: RefusedFile[] }> {
  if (!request.isMultipart())
    throw new Problem(415, 'not-multipart', '上传方式有误', '请以 multipart/form-data 方式上传文件。')
  const waiting: { path: string; name: string; size: number }[] = []
  const files: StoredFile[] = []
  const refused: (RefusedFile & { status: number; code: string })[] = []
  try {
    for await (const part of request.files()) {
      const file = await receive(part, dataDir)
      const name = file.fileName
      if (!('tooLarge' in file)) waiting.push({ path: file.path, name, size: file.size })
      if ('tooLarge' in file || file.size > MAX_EVIDENCE_BYTES)
        refused.push({ name, status: 413, code: 'too-large', message: TOO_LARGE(name) })
    }
    for (const { path, name, size } of waiting) {
      if (size > MAX_EVIDENCE_BYTES) continue
      const bytes = await readFile(path)
      try {
        const mediaType = await evidenceType({ bytes, fileName: name })
        const file = { name, sha256: await fileHash(path), mediaType, size }
        await store(dataDir, path, file.sha256)
        files.push(file)
      } catch (error) {
        if (!(error instanceof ReadError)) throw error
        refused.push({ name, status: 422, code: error.code, message: error.message })
      }
    }
  } finally {
    await Promise.all(waiting.map(({ path }) => rm(path, { force: true })))
  }
  const [first] = refused
  if (files.length === 0 && first)
    throw new Problem(first.status, first.code, '不能上传', refused.map(({ message }) => message).join(''))
  if (files.length === 0) throw new Problem(400, 'no-file', '没有文件', '请选择要上传的文件。')
  return { files, refused: refused.map(({ name, message }) => ({ name, message })) }
}

const TOO_LARGE = (name: string) => `《${name}》超过 ${MAX_EVIDENCE_BYTES / 1024 / 1024} MB，请压缩或拆分后上传。`

/** Moves a checked file to its place; the same bytes twice are one file, which is young again for the sweep. */
async function store(dataDir: string, path: string, sha256: string): Promise<void> {
  makeFolder(filesDir(dataDir))
  const to = join(filesDir(dataDir), sha256)
  const now = new Date()
  if (existsSync(to)) return utimes(to, now, now)
  await copyFile(path, `${to}.new`)
  await renameDurably(`${to}.new`, to)
}
