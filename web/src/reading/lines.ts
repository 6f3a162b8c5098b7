/** A line of the raw text without the blanks around it; offsets count in the text given. */
export interface Line {
  start: number
  end: number
  text: string
  furniture: boolean
}

const PAGE_NUMBER = /^[-—–·•－\s]*(?:第\s*)?[\d\uFF10-\uFF19]{1,4}(?:\s*页)?[-—–·•－\s]*$/
const RUNNING_HEAD = /(?:公报|文件|简报|汇编|目录)$/
const MAX_HEAD = 30

/** Figures and blanks differ from page to page, the rest of a running head does not. */
const bare = (text: string) => text.replace(/[\d\uFF10-\uFF19\s]+/g, '')

/** Lines that the printer put there: page numbers, and heads that come back page after page. */
function isFurniture(lines: Line[]): void {
  const times = new Map<string, number>()
  for (const line of lines)
    if (line.text.length <= MAX_HEAD) times.set(bare(line.text), (times.get(bare(line.text)) ?? 0) + 1)
  lines.forEach((line, index) => {
    if (PAGE_NUMBER.test(line.text)) {
      line.furniture = true
      return
    }
    const repeated = line.text.length <= MAX_HEAD && (times.get(bare(line.text)) ?? 0) >= 3
    const besideNumber = [index - 1, index + 1].some((at) => PAGE_NUMBER.test(lines[at]?.text ?? ''))
    line.furniture = repeated && (besideNumber || RUNNING_HEAD.test(bare(line.text))) && !/[。；：，]$/.test(line.text)
  })
}

/** All lines that hold something, each with its place, page furniture marked. */
export function readLines(text: string): Line[] {
  const lines: Line[] = []
  for (const match of text.matchAll(/[^\r\n\f]+/g)) {
    const raw = match[0]
    const trimmed = raw.trim()
    if (trimmed === '') continue
    const start = match.index + raw.indexOf(trimmed)
    lines.push({ start, end: start + trimmed.length, text: trimmed, furniture: false })
  }
  isFurniture(lines)
  return lines
}
