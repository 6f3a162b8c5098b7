import { isFullerName, NO_PLACE } from './full-name.ts'
import type { HeadAt, ReadField } from './head-at.ts'
import type { Metadata } from '../metadata.ts'
import type { Paragraph } from '../paragraphs.ts'
import type { ReadingText } from '../../text/reading-text.ts'
import { closingOf } from './closing.ts'
import { isOrganLine, isPageLine, isSigner } from '../../text/marks.ts'
import { orderBelow } from './order-in-brackets.ts'
import { issuerOf, jointIssuerOf } from './issuer-of-title.ts'
import { namesInTitle } from './issuers-apart.ts'
import { signatureOf, undatedSignature } from './signature.ts'
import { speakersBody } from './speaker.ts'

/** The body that issued a document, by the surest place that names one. */
export function issuerOfDocument(
  reading: ReadingText,
  paragraphs: readonly Paragraph[],
  head: HeadAt,
  about: number,
  end: number,
  metadata: Metadata,
): ReadField {
  const named = HEADLINE_OF_ISSUE.test(head.title) ? null : issuerOf(head.title)
  // A plan below the notice that handed it down, whose own head is lost, is signed above its title.
  const signed = signatureOf(reading, paragraphs, head.guess ? about : head.last + 1, end, head.title)
  // 市人民政府 of a title is the 云川市人民政府 that signs.
  if (
    named !== null &&
    signed !== null &&
    (signed.endsWith(named) || (NO_PLACE.test(named) && isFullerName(signed, named)))
  )
    return { value: signed, doubt: null }
  // The names of a title run together in it, and stand apart in the signature.
  if (named !== null && signed?.replace(/ /g, '') === named) return { value: signed, doubt: null }
  // The title names the first of several that sign.
  if (named !== null && signed?.startsWith(`${named} `)) return { value: signed, doubt: null }
  // 云川市水利局人事处 signs what the title says is of its 云川市水利局.
  if (named !== null && signed?.startsWith(named) && DEPARTMENT.test(signed.slice(named.length)))
    return { value: signed, doubt: null }
  if (named !== null) {
    const fuller = NO_PLACE.test(named)
      ? [metadata.issuer, undatedSignature(paragraphs, head.last + 1, end)].find(
          (name) => name !== null && isFullerName(name, named),
        )
      : null
    return { value: fuller ?? namesInTitle(reading, paragraphs, head, named) ?? named, doubt: null }
  }
  const order = orderBelow(paragraphs, head)
  if (order !== null) return { value: order.issuer, doubt: null }
  const line = issuerLineOf(paragraphs, head)
  if (signed !== null && metadata.issuer !== null && isFullerName(metadata.issuer, signed))
    return { value: metadata.issuer, doubt: null }
  // A signature over two lines, under the whole name in red above the title.
  if (signed !== null && line !== null && line.length > signed.length && line.endsWith(signed))
    return { value: line, doubt: null }
  if (signed !== null)
    return { value: signed, doubt: line === signed || metadata.issuer === signed ? null : 'signature' }
  // 云川市人大常委会 beside 颁布单位:云川市人民代表大会常务委员会.
  if (line !== null && metadata.issuer !== null && isFullerName(metadata.issuer, line))
    return { value: metadata.issuer, doubt: null }
  if (line !== null) return { value: line, doubt: null }
  const apart = namesInTitle(reading, paragraphs, head, null)
  if (apart !== null) return { value: apart, doubt: null }
  const joint = HEADLINE_OF_ISSUE.test(head.title) ? null : jointIssuerOf(head.title)
  if (joint !== null) return { value: joint, doubt: 'joint' }
  const spoken = speakersBody(paragraphs, head)
  if (spoken !== null) return { value: spoken, doubt: 'speaker' }
  if (metadata.issuer !== null) return { value: metadata.issuer, doubt: null }
  const closing = closingOf(paragraphs[end - 1])
  if (closing !== null) return { value: closing.body, doubt: 'signature' }
  // 云川县水利局开展清查工作方案: whoever the title says does it, where nobody signs.
  const doer = DOES.exec(head.title)?.[1] ?? ''
  if (isOrganLine(doer)) return { value: doer, doubt: 'signature' }
  // 云川省人民政府, which a database sets above the title.
  const above = issuerLineOf(paragraphs, head, about)
  return { value: above, doubt: above === null ? 'missing' : 'signature' }
}

/** The issuer on a line of its own in a head, a red one (云川市人民政府文件) included; null where there is none. */
function issuerLineOf(paragraphs: readonly Paragraph[], head: HeadAt, from = head.first): string | null {
  for (let i = from; i <= head.last; i++) {
    const { text } = paragraphs[i] as Paragraph
    const name = text.replace(/(?:文件|令)$/, '').replace(/^中华人民共和国(?=国务院)/, '')
    if (isPageLine(text)) continue
    if (isOrganLine(name) || (text.endsWith('文件') && isSigner(name))) return name
  }
  return null
}

/** **云川县水利局**开展: the body that opens a title, before what it does. */
const DOES = /^([\u4e00-\u9fff]{4,24}?(?:政府|办公[厅室]|委员会|[委局厅部]))(?:开展|实施|推进|加强|贯彻|落实)/

/** 人事处, 综合司: a department within a body. */
const DEPARTMENT = /^[\u4e00-\u9fff]{2,6}[处司科]$/

/** 三部门印发《…》: a headline that tells what was issued; the page's own words are not of that body. */
const HEADLINE_OF_ISSUE = /》$/
