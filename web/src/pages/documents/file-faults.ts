/** Largest file that the server takes, in bytes. */
const MOST = 50 * 1024 * 1024
const ACCEPTED = /\.(?:txt|md|markdown|html?|docx|pdf)$/i
const OLD_WORD = /\.(?:doc|wps)$/i

/** What can be said of a file before it is sent; null where nothing is wrong with it. The server looks at what is in it. */
export function faultOf({ name, size }: Pick<File, 'name' | 'size'>): string | null {
  if (OLD_WORD.test(name)) return `《${name}》是旧版 Word 或 WPS 文件，请另存为 docx 后再导入。`
  if (/\.[^.]+$/.test(name) && !ACCEPTED.test(name))
    return `《${name}》不是可以导入的文件类型，请选择 txt、md、html、docx 或文字版 pdf 文件。`
  if (size > MOST) return `《${name}》超过 50 MB，请拆分后再导入。`
  if (size === 0) return `《${name}》是空文件，请检查后重新选择。`
  return null
}
