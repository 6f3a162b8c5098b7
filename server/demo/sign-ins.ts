import { ROLE_TITLES } from '../../db/domain/roles.ts'
import type { Seeds } from '../../seeds/load.ts'

/** Reporters that the table shows; there is one for every unit. */
const MOST_REPORTERS = 5

/** Columns on a terminal: a Chinese character takes two. */
const width = (text: string) =>
  [...text].reduce((sum, character) => sum + (/[\u1100-\uFFEF]/.test(character) ? 2 : 1), 0)
const pad = (text: string, columns: number) => text + ' '.repeat(Math.max(0, columns - width(text)))

/** The people of the demo as a small table for the terminal. */
export function signInTable(people: Seeds['people'], password: string): string {
  const reporters = people.filter(({ role }) => role === 'reporter')
  const shown = [...people.filter(({ role }) => role !== 'reporter'), ...reporters.slice(0, MOST_REPORTERS)]
  const rows = [
    ['角色', '用户名', '姓名', '职务'],
    ...shown.map(({ role, username, displayName, post }) => [ROLE_TITLES[role], username, displayName, post]),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => width(row[column]!))))
  const lines = rows.map((row) => `  ${row.map((cell, column) => pad(cell, widths[column]!)).join('  ')}`.trimEnd())
  lines.splice(1, 0, `  ${widths.map((columns) => '─'.repeat(columns)).join('  ')}`)
  return [
    `演示账号（密码均为 ${password}）：`,
    ...lines,
    `  另有 ${reporters.length - MOST_REPORTERS} 个部门账号，见 seeds/people.json`,
  ].join('\n')
}
