import { statfs } from 'node:fs/promises'
import { Problem } from './errors.ts'

/** The administrator is warned from so few free bytes on. */
export const LOW_DISK_BYTES = 500 * 1024 * 1024

const SQLITE_FAULTS = /^SQLITE_(?:FULL|READONLY|IOERR|CANTOPEN)/
const SYSTEM_FAULTS = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EFBIG'])

/** Whether an error says that the disk takes nothing more: full, over quota, read-only or broken. */
export function isDiskFault(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && (SYSTEM_FAULTS.has(code) || SQLITE_FAULTS.test(code))
}

/** What a write is answered with then. Nothing of it is stored; reading goes on. */
export const diskProblem = () =>
  new Problem(
    503,
    'disk-full',
    '磁盘空间不足',
    '服务器的磁盘已满或不能写入，这次操作没有保存；查询不受影响。请联系管理员清理磁盘后重试。',
    { retryAfter: 60 },
  )

interface DiskSpace {
  /** Bytes that the server may still write. */
  free: number
  total: number
  low: boolean
}

/** The space of the disk that holds a folder. */
export async function diskSpace(folder: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(folder)
  const free = bavail * bsize
  return { free, total: blocks * bsize, low: free < LOW_DISK_BYTES }
}
