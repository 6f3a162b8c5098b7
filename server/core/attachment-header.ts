import { oneLine } from '../printable.ts'
/** `Content-Disposition` for a download: a plain name for old programs, the real one as RFC 5987 says. */
export function attachmentHeader(raw: string): string {
  const name = oneLine(raw)
  const plain = name.replace(/[^\w.() -]/g, '_')
  const coded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${coded}`
}
