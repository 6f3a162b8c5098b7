/** Files of a dropped folder at most; more is a wrong folder. */
const MOST = 500

/** Everything that was dropped: files, and all files of folders. Hidden ones (`.DS_Store`, `~$draft.docx`) are left out. */
export async function droppedFiles(data: DataTransfer): Promise<File[]> {
  // Asked for at once: the list is empty after the first wait.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry())
  if (entries.some((entry) => entry === null)) return [...data.files]
  const files: File[] = []
  for (const entry of entries) await gather(entry!, files)
  return files
}

async function gather(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (files.length >= MOST || /^(?:\.|~\$)/.test(entry.name)) return
  if (entry.isFile) {
    files.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)))
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  // A reader gives a hundred at a time.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return
    for (const one of some) await gather(one, files)
  }
}
