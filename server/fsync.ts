/** What is renamed into place is there after a power cut only when file and folder have been written out before. */
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { open, readdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Writes a file, or the entries of a folder, out to the disk. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The folder that holds a path: its entries, after something was renamed in it. */
export const syncFolderOf = (path: string): Promise<void> => syncPath(dirname(path))

/** A folder with everything in it. */
export async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    await (entry.isDirectory() ? syncTree(path) : syncPath(path))
  }
  await syncPath(folder)
}

/** Gives a file that has been written its name, so that both outlast a power cut. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await syncPath(from)
  await rename(from, to)
  await syncFolderOf(to)
}

/** Writes a file under its name, whole and for good or not at all; for a worker, which may stand still. */
export function writeDurably(path: string, bytes: Uint8Array): void {
  const part = `${path}.part`
  const sync = (of: string) => {
    const descriptor = openSync(of, 'r')
    try {
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  }
  writeFileSync(part, bytes)
  sync(part)
  renameSync(part, path)
  sync(dirname(path))
}
