import type { DocumentFindings, Explanation, FoundTarget, Span } from './types.ts'

/**
 * The findings of a document with every span inside the file and every clause around what was found in it. A target's
 * date may stand in the tag behind its sentence, and marks that tables are written with stand for no character of the
 * file: here, and nowhere else, is seen to it that what leaves the extractor can be shown in the file.
 * @param length characters of the file
 */
export function withSoundSpans(findings: DocumentFindings, length: number): DocumentFindings {
  const isOutside = ({ start, end }: Span): boolean => start < 0 || end > length || start > end
  const pointsOutside = (explanation: Explanation): boolean => {
    for (const field in explanation) {
      const span = explanation[field]?.span
      if (span && isOutside(span)) return true
    }
    return false
  }
  const inside = <T extends Span>(span: T): T => {
    if (!isOutside(span)) return span
    const end = Math.min(Math.max(span.end, 0), length)
    return { ...span, start: Math.min(Math.max(span.start, 0), end), end }
  }
  const around = <T extends Span & { clauseStart: number; clauseEnd: number }>(found: T): T => {
    const clauseStart = Math.max(0, Math.min(found.clauseStart, found.start))
    const clauseEnd = Math.min(length, Math.max(found.clauseEnd, found.end))
    const isAround = clauseStart === found.clauseStart && clauseEnd === found.clauseEnd
    return isAround ? found : { ...found, clauseStart, clauseEnd }
  }
  const explained = (found: FoundTarget): FoundTarget => {
    if (!pointsOutside(found.explanation)) return found
    const mended = Object.entries(found.explanation).map(([field, reason]) => [
      field,
      { ...reason, span: reason.span && inside(reason.span) },
    ])
    return { ...found, explanation: Object.fromEntries(mended) }
  }
  return {
    document: inside(findings.document),
    targets: findings.targets.map((found) => explained(around(inside(found)))),
    duties: findings.duties.map(inside),
  }
}
