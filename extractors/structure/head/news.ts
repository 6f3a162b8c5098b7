import type { HeadAt } from './head-at.ts'
import type { Paragraph } from '../paragraphs.ts'
import { OFFICIAL_KINDS, RULE_KINDS, PLAN_KINDS, DIVISION_KINDS } from '../../lexicon/document-kinds.ts'
import { anyOf } from '../../parsers/word-finder.ts'

/** 来源:云川县融媒体中心 below a title that names no kind of document: the day of the page is that of the news. */
export const isNews = (paragraphs: readonly Paragraph[], { first, last, title }: HeadAt, about: number): boolean =>
  !(/关于|印发/.test(title) || KIND_OF_DOCUMENT.test(title)) &&
  (paragraphs.slice(Math.min(about, first), last + 1).some(({ text }) => text.length <= 120 && FROM_MEDIA.test(text)) ||
    paragraphs.slice(last + 1, last + 3).some(({ text }) => REPORTED.test(text.slice(0, 60))))

const KIND_OF_DOCUMENT = new RegExp(
  `(?:${anyOf([...OFFICIAL_KINDS, ...RULE_KINDS, ...PLAN_KINDS, ...DIVISION_KINDS, '表'])})(?:\\([^()]*\\))?$`,
)

/** 本报讯(记者 张三), 云川网3月5日电: how news begin. */
const REPORTED = /^.{0,24}(?:本[报网台]|[日晚]报|[网社]).{0,8}[讯电]|\((?:通讯员|记者)|通讯员/

const FROM_MEDIA =
  /来源:?[^,。;:]{0,12}(?:新闻网|融媒体中心?|日报社?|晚报|电视台|新闻中心|传媒中心|广播电视台|(?<!政府|门户|信息)网(?= |发布|$)|[时商导]报|微信)/
