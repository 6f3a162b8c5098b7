import { ReadError } from './types.ts'
import type { Package } from './zip.ts'

/** A part of its own where all of an OpenDocument file is under a password, and not each of its parts. */
export const ENCRYPTED_PACKAGE = 'encrypted-package'

/**
 * Refuses an OpenDocument file under a password: its manifest says how each part was encrypted.
 * @throws {ReadError} encrypted
 */
export async function refusePassword(file: Package, fileName: string): Promise<void> {
  if ((await file.part('META-INF/manifest.xml'))?.includes('encryption-data'))
    throw new ReadError('encrypted', fileName, '设有密码，请取消密码后再导入。')
}
