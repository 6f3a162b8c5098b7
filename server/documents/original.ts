import { oneLine } from '../printable.ts'

/** Media types under which originals are sent; always as an attachment, never shown by the browser under our address. */
export const MEDIA_TYPES = {
  txt: 'text/plain',
  md: 'text/markdown',
  html: 'text/html',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const

/** `Content-Disposition` for a download: a plain name for old programs, the real one as RFC 5987 says. */
export function attachmentHeader(raw: string): string {
  const name = oneLine(raw)
  const plain = name.replace(/[^\w.() -]/g, '_')
  const coded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${coded}`
}
