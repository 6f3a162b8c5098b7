/** What stands in the head of a document, why a field of it may be wrong, and how it changes. */
import { idsOf } from './vocabulary.ts'

/** The four fields of a head. */
export const HEAD_FIELD_TITLES = { number: '文号', title: '标题', issuer: '发文单位', issuedOn: '发文日期' } as const
export type HeadField = keyof typeof HEAD_FIELD_TITLES
export const HEAD_FIELDS = idsOf(HEAD_FIELD_TITLES)

/** Why a field is uncertain, as the extractors say it, and in the words of the office. */
export const HEAD_DOUBT_TITLES = {
  missing: '没有读出',
  'from-text': '正文中有多个文号',
  'title-alone': '取自像标题的一行',
  'first-line': '取自第一行',
  'file-name': '取自文件名',
  signature: '取自落款',
  joint: '联合发文，只读出首家',
  speaker: '由报告人推定',
  'date-alone': '取自单独成行的日期',
  'page-day': '取自网页的发布日期',
} as const
export type HeadDoubt = keyof typeof HEAD_DOUBT_TITLES
export const HEAD_DOUBTS = idsOf(HEAD_DOUBT_TITLES)

/** The uncertain fields, each with why. */
export type HeadDoubts = Partial<Record<HeadField, HeadDoubt>>

/** What replaces a head by another. */
export const HEAD_STEP_TITLES = { edit: '修改', undo: '撤销修改', reread: '重新读取' } as const
export type HeadStep = keyof typeof HEAD_STEP_TITLES
export const HEAD_STEPS = idsOf(HEAD_STEP_TITLES)

/** What a run of reading is for: a new file, a stored one read again to see what would change, or that change itself. */
export const JOB_PURPOSES = ['import', 'reread', 'apply'] as const
export type JobPurpose = (typeof JOB_PURPOSES)[number]
