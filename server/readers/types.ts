/** How a file was read; decided by its content. */
export type Format = 'txt' | 'md' | 'html' | 'docx' | 'pdf'

/** Largest file that is read, in bytes. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024

/** Stable codes of everything that can be wrong with a file. */
export type ReadErrorCode =
  'empty' | 'too-large' | 'wrong-type' | 'encrypted' | 'broken' | 'no-text' | 'unpacks-too-large'

/** A file that cannot be read; the message is Chinese, names the file and says what to do. */
export class ReadError extends Error {
  override name = 'ReadError'
  constructor(
    readonly code: ReadErrorCode,
    readonly fileName: string,
    detail: string,
  ) {
    super(`《${fileName}》${detail}`)
  }
}

/** What a reader gets: the bytes, and a name for its messages. */
export interface Source {
  bytes: Uint8Array
  fileName: string
  /** 0–1, share of the file that has been read; called by readers that take long. */
  onProgress?: (done: number) => void
}

/** The text of a file exactly as it will be stored; all spans are UTF-16 offsets into it. */
export interface ReadFile {
  format: Format
  text: string
}
