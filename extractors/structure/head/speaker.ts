import type { HeadAt } from './head-at.ts'
import type { Paragraph } from '../paragraphs.ts'
import { NO_PLACE } from './full-name.ts'
import { isSpokenLine, speakerOf, isOrganLine } from '../../text/marks.ts'

/** 云川县 of ——2021年1月20日在云川县第十七届人民代表大会…; empty where no such line is. */
function placeOfMeeting(paragraphs: readonly Paragraph[], head: HeadAt): string {
  for (let i = head.first; i <= head.last; i++) {
    const { text } = paragraphs[i] as Paragraph
    const place = isSpokenLine(text) ? /在([\u4e00-\u9fff]{2,16}?[省市区县旗州盟])第/.exec(text) : null
    if (place) return place[1] as string
  }
  return ''
}

/** The government of the one who gave a report: 云川区人民政府区长 张三, 云川市市长 李四. */
export function speakersBody(paragraphs: readonly Paragraph[], head: HeadAt): string | null {
  const { first, last } = head
  const represented = REPRESENTS.exec(
    paragraphs
      .slice(first, last + 3)
      .map(({ text }) => text.slice(0, LONGEST_ADDRESS))
      .join('\n'),
  )?.[1]
  for (let i = first; i <= last; i++) {
    const speaker = speakerOf((paragraphs[i] as Paragraph).text)
    if (!speaker) continue
    const { post } = speaker
    // 省长 张三, of the province whose congress met.
    const whose = speaker.body === '' ? placeOfMeeting(paragraphs, head) : ''
    if (whose !== '' && whose.endsWith(post.slice(0, -1))) return `${whose}人民政府`
    if (speaker.body === '') continue
    // 县人民政府县长, of the county whose congress met.
    const place = /^[省市区县旗州盟]/.test(speaker.body) ? placeOfMeeting(paragraphs, head) : ''
    const body = place !== '' ? place + speaker.body.slice(1) : speaker.body
    if (isOrganLine(body)) return body
    if (/[省市区县旗州盟镇乡]$/.test(body)) return `${body}人民政府`
    if (/^[省市区县旗州盟镇乡]长$/.test(post)) return `${body}${post.slice(0, -1)}人民政府`
  }
  if (!represented) return null
  if (!NO_PLACE.test(represented)) return represented
  const place = placeOfMeeting(paragraphs, head)
  return place.endsWith(represented.slice(0, 1)) ? place + represented.slice(1) : null
}

/** 现在,我代表云川县人民政府向大会报告工作. */
const REPRESENTS = /我代表(中国共产党[\u4e00-\u9fff]{2,16}委员会|[\u4e00-\u9fff]{1,12}人民政府),?向/

/** How far into its paragraphs such words stand, in characters. */
const LONGEST_ADDRESS = 60
