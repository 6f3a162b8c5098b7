import { extract } from '../../extractors/extract.ts'
import { ExtractionError } from '../../extractors/types.ts'
import type { Random } from './random.ts'

export interface ExtractorFuzz {
  texts: number
  findings: number
  /** Longest time of one text, in milliseconds. */
  slowest: number
  faults: { text: string; fault: string }[]
}

/** Pieces of the language of documents, and what has no business in them. */
const PIECES = [
  '到2026年',
  '2025年底前',
  '力争',
  '不低于',
  '达到',
  '增长',
  '个百分点',
  '%',
  '90',
  '1,234.5',
  '三十五',
  '亿元',
  '公里',
  '户',
  '万亩',
  '森林覆盖率',
  '新建',
  '牵头单位：',
  '责任单位：',
  '（甲局、乙局负责）',
  '市发展改革委',
  '各县区政府',
  '一、',
  '（一）',
  '1.',
  '第一章',
  '\n',
  '\n\n',
  '。',
  '；',
  '，',
  '、',
  '：',
  '（',
  '）',
  '《',
  '》',
  '政办发〔2024〕3号',
  '关于印发规划的通知',
  '附件：',
  '|',
  '---',
  '\t',
  '   ',
  '\u0000',
  '\uFFFE',
  '\uD800',
  '𠮷',
  '①',
  '⑴',
  '＞＝',
  '½',
  '９９',
  'e308',
  '9'.repeat(400),
  '0.'.repeat(50),
  '点',
  '零',
  '万万亿',
  '以上以下',
  '其中',
  '分别',
  '、、、',
  '到到',
  '年年年',
  '……',
  '\r',
  '\f',
  '​',
]

/** Reads made-up texts; every span has to lie in its text, every number has to be one, and nothing may be thrown. */
export function fuzzExtractor(texts: number, random: Random): ExtractorFuzz {
  const result: ExtractorFuzz = { texts, findings: 0, slowest: 0, faults: [] }
  for (let i = 0; i < texts; i++) {
    const text = textOf(random)
    const started = performance.now()
    try {
      const { documents, targets, duties } = extract(text)
      result.findings += targets.length + duties.length
      for (const span of [...documents, ...targets, ...duties])
        if (!(span.start >= 0 && span.start <= span.end && span.end <= text.length))
          result.faults.push({ text, fault: `a span ${span.start}–${span.end} of ${text.length}` })
    } catch (error) {
      if (!(error instanceof ExtractionError)) result.faults.push({ text, fault: String(error) })
    }
    result.slowest = Math.max(result.slowest, Math.round(performance.now() - started))
  }
  return result
}

function textOf(random: Random): string {
  const pieces = 1 + Math.floor(random() * 60)
  let text = ''
  for (let i = 0; i < pieces; i++) {
    const piece = PIECES[Math.floor(random() * PIECES.length)]!
    text += random() < 0.03 ? piece.repeat(1 + Math.floor(random() * 20)) : piece
  }
  return text
}
