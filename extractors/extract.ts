import { findTargets } from './refiners/index.ts'
import { readDocuments } from './structure/document-tree.ts'
import { shownPath } from './structure/own-title.ts'
import type { DocumentTree, ResponsibilityTag } from './structure/types.ts'
import { displayForm } from './text/display.ts'
import { rawSpan, type ReadingText } from './text/reading-text.ts'
import { readText } from './text/read-text.ts'
import { findLimits } from './parsers/limit.ts'
import type { TimeBase } from './parsers/time-core.ts'
import { contextOf } from './refiners/context.ts'
import { withSoundSpans } from './spans.ts'
import type { DocumentFindings, Extraction, FoundDocument, FoundDuty } from './types.ts'

/**
 * Everything a text promises: its documents, the targets in them and the duties that name who answers.
 *
 * raw text → reading text → documents with outline, clauses, tables and tags → targets and duties with raw offsets.
 * Pure: the same text gives the same result. Linear in the length of the text.
 * @throws ExtractionError where the input is not text or too long
 */
export function extract(raw: string): Extraction {
  const result: Extraction = { documents: [], targets: [], duties: [] }
  for (const { document, targets, duties } of extractEach(raw)) {
    result.documents.push(document)
    result.targets.push(...targets)
    result.duties.push(...duties)
  }
  return result
}

/**
 * The same, one document after the other in the order of the text, so that a caller can show progress and need not
 * hold everything at once.
 * @throws ExtractionError at the first step, where the input is not text or too long
 */
export function* extractEach(raw: string): Generator<DocumentFindings> {
  const reading = readText(raw)
  for (const tree of readDocuments(reading)) {
    yield withSoundSpans(
      {
        document: describe(tree, reading),
        targets: findTargets(tree, reading),
        duties: dutiesOf(tree, reading),
      },
      raw.length,
    )
  }
}

function describe(tree: DocumentTree, reading: ReadingText): FoundDocument {
  const { number, title, issuer, issuedOn, doubts } = tree.head
  // Inside a document is known by its first words where it states no title, for what they say of its year.
  const own = doubts.title === 'missing' ? '' : displayForm(title)
  return { number, title: own, issuer, issuedOn, doubts, ...rawSpan(reading, tree) }
}

function dutiesOf(tree: DocumentTree, reading: ReadingText): FoundDuty[] {
  if (tree.tags.length === 0) return []
  const { issuedOn, year } = contextOf(tree, reading)
  return tree.tags.map((tag) => dutyOf(tag, tree, reading, { issuedOn, year }))
}

function dutyOf(tag: ResponsibilityTag, tree: DocumentTree, reading: ReadingText, base: TimeBase): FoundDuty {
  const closed = rawSpan(reading, tag.governs)
  return {
    document: tree.head.number,
    documentIndex: tree.index,
    clause: tag.clause,
    clausePath: shownPath(tree, tag.path),
    lead: tag.lead.map(displayForm),
    responsible: tag.responsible.map(displayForm),
    support: tag.support.map(displayForm),
    deadline: deadlineOf(tag, reading, base),
    ...rawSpan(reading, tag),
    clauseStart: closed.start,
    clauseEnd: closed.end,
  }
}

/** The last day of a tag's own limit, null where it has none or it is no date (持续实施). */
function deadlineOf({ deadlineRange }: ResponsibilityTag, reading: ReadingText, base: TimeBase): string | null {
  if (!deadlineRange) return null
  return findLimits(reading.text, deadlineRange.start, deadlineRange.end, base).at(-1)?.last ?? null
}
