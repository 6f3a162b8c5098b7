import { idsOf } from './vocabulary.ts'

/**
 * 来源类别: what a supervised item comes from. These are there from the start; the office adds its own to the register
 * (`source_kinds`), whose ids are its running numbers.
 */
export const SOURCE_KIND_TITLES = {
  document: '政策文件',
  'work-report': '政府工作报告',
  plan: '规划',
  meeting: '会议议定事项',
  instruction: '领导批示',
  proposal: '人大建议和政协提案',
  livelihood: '民生实事',
  project: '重点项目',
  inspection: '上级督查反馈',
  letter: '群众来信',
} as const
export type SourceKind = keyof typeof SOURCE_KIND_TITLES
export const SOURCE_KINDS = idsOf(SOURCE_KIND_TITLES)

/** What the title of a document tells of its kind; the first line that fits holds. The office can say otherwise. */
const BY_TITLE: readonly (readonly [word: RegExp, kind: SourceKind])[] = [
  [/政府工作报告/, 'work-report'],
  [/会议纪要|会议议定事项|会议决定事项/, 'meeting'],
  [/民生实事/, 'livelihood'],
  [/重点项目|重大项目/, 'project'],
  [/督查反馈|反馈意见整改/, 'inspection'],
  [/规划/, 'plan'],
]

/** Kind of a source by its title alone. */
export const kindOfTitle = (title: string): SourceKind => BY_TITLE.find(([word]) => word.test(title))?.[1] ?? 'document'

/** What a source has beside the head that is read from a document: the office says it. */
export const SOURCE_FIELD_TITLES = { kind: '来源类别', leader: '交办领导' } as const
export const SOURCE_FIELDS = idsOf(SOURCE_FIELD_TITLES)
