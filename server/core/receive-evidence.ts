import { createHash } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { copyFile, readFile, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyRequest } from 'fastify'
import { receive } from './uploads.ts'
import { Problem } from '../errors.ts'
import { renameDurably } from '../fsync.ts'
import { filesDir } from '../paths.ts'
import { ReadError } from '../readers/index.ts'
import { evidenceType, MAX_EVIDENCE_BYTES } from './evidence-type.ts'

/** An evidence file that has been checked and lies at its place, but stands in no row yet. */
export interface StoredFile {
  name: string
  sha256: string
  mediaType: string
  size: number
}

/**
 * Takes the files of a multipart request to the disk, checks each by its content and stores it under the hash of its
 * bytes. Nothing is kept of a request of which one file is refused.
 * @throws {Problem} 413 or 422 naming the file, 400 where there is none, 415 where it is no multipart request
 */
export async function receiveEvidence(request: FastifyRequest, dataDir: string): Promise<StoredFile[]> {
  if (!request.isMultipart())
    throw new Problem(415, 'not-multipart', '上传方式不对', '请以 multipart/form-data 方式上传文件。')
  const waiting: (StoredFile & { path: string })[] = []
  try {
    for await (const part of request.files()) {
      const file = await receive(part, dataDir)
      if (!('tooLarge' in file))
        waiting.push({ path: file.path, name: file.fileName, sha256: '', mediaType: '', size: file.size })
      if ('tooLarge' in file || file.size > MAX_EVIDENCE_BYTES) {
        throw new Problem(
          413,
          'too-large',
          '文件过大',
          `《${file.fileName}》超过 ${MAX_EVIDENCE_BYTES / 1024 / 1024} MB，请压缩或拆分后上传。`,
        )
      }
    }
    for (const file of waiting) {
      const bytes = await readFile(file.path)
      file.mediaType = await evidenceType({ bytes, fileName: file.name })
      file.sha256 = createHash('sha256').update(bytes).digest('hex')
    }
    for (const file of waiting) await store(dataDir, file)
  } catch (error) {
    if (error instanceof ReadError) throw new Problem(422, error.code, '不能上传', error.message)
    throw error
  } finally {
    await Promise.all(waiting.map((file) => rm(file.path, { force: true })))
  }
  if (waiting.length === 0) throw new Problem(400, 'no-file', '没有文件', '请选择要上传的文件。')
  return waiting.map(({ path: _path, ...file }) => file)
}

/** Moves a checked file to its place; the same bytes twice are one file, which is young again for the sweep. */
async function store(dataDir: string, file: { path: string; sha256: string }): Promise<void> {
  mkdirSync(filesDir(dataDir), { recursive: true })
  const to = join(filesDir(dataDir), file.sha256)
  const now = new Date()
  if (existsSync(to)) return utimes(to, now, now)
  await copyFile(file.path, `${to}.new`)
  await renameDurably(`${to}.new`, to)
}
