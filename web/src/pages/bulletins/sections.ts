import type { Words } from '../../api/bulletin-calls.ts'

/** What may be edited of a 通报, and the version of the stored one that it was typed over. */
export interface Draft extends Words {
  version: number
  title: string
}

export const SECTIONS: readonly { key: Exclude<keyof Draft, 'version'>; word: string }[] = [
  { key: 'title', word: '标题' },
  { key: 'opening', word: '总体情况' },
  { key: 'completed', word: '新完成事项' },
  { key: 'overdue', word: '逾期事项' },
  { key: 'ranking', word: '考核排名' },
  { key: 'closing', word: '有关要求' },
]
