import { INSTRUCTION_STANDING_TITLES } from '../../db/domain/instructions.ts'
import { doneTitle, LIGHT_TITLES } from '../../db/domain/lights.ts'
import { eventTitle, RANKED_EVENTS, RANKED_LIGHTS, rankedTitle, rankingGroups } from '../../db/domain/ranking.ts'
import { fieldEntry } from '../../db/domain/target-fields.ts'
import { type Cell, type Sheet, workbook } from '../core/workbook.ts'
import type { BulletinItem } from '../counting/figures-schemas.ts'
import type { Bulletin } from './schemas.ts'
import { NOT_REPORTED, targetWords } from '../../db/domain/target-words.ts'

/** Names of groups and units stand on one line. */
const RANKING_WIDTHS: Readonly<Record<string, number>> = { 分组: 24, 单位: 36 }
const LIGHT_COLUMNS = RANKED_LIGHTS.map((light) => ({ title: rankedTitle(light), width: 10 }))

/** The figures of a bulletin as a workbook, the formula above the ranking. */
export function bulletinXlsx({ figures, title }: Bulletin): Promise<Buffer> {
  const items = (rows: BulletinItem[], last: (item: BulletinItem) => Cell) =>
    rows.map((item): Cell[] => [
      item.indicator,
      targetWords(item, 'text') || '—',
      item.deadline ?? '未定',
      item.reported === null ? NOT_REPORTED : (item.reported.value ?? '—'),
      item.unit ?? '—',
      item.reported?.asOf ?? '—',
      item.units.join('、') || '待明确',
      item.document,
      last(item),
    ])
  const itemColumns = (last: string) =>
    [
      ['事项', 36],
      ['目标', 14],
      [fieldEntry('deadline').title, 11],
      ['最新数据', 10],
      [fieldEntry('unit').title, 9],
      ['数据截止日期', 11],
      ['责任单位', 26],
      ['文件', 18],
      [last, 11],
    ].map(([name, width]) => ({ title: String(name), width: Number(width) }))
  const sheets: Sheet[] = [
    {
      name: '各单位',
      notes: [title, `数据截至${figures.asOf}`],
      columns: [{ title: '单位', width: 30 }, { title: '事项数', width: 10 }, ...LIGHT_COLUMNS],
      rows: figures.units.map((u) => [u.name, u.total, ...RANKED_LIGHTS.map((light) => u.lights[light])]),
    },
    {
      name: '新完成',
      notes: [`新完成事项清单（${title}）`],
      columns: itemColumns('完成情况'),
      rows: items(figures.completed, (item) => doneTitle(item.late)),
    },
    {
      name: LIGHT_TITLES.overdue,
      notes: [`逾期事项清单（${title}）`],
      columns: itemColumns('逾期起始'),
      rows: items(figures.overdue, (item) => item.since),
    },
    {
      name: '领导批示',
      notes: [`领导批示办理情况（${title}）`],
      columns: [
        { title: '批示日期', width: 11 },
        { title: '批示领导', width: 12 },
        { title: '批示内容', width: 44 },
        { title: '办理单位', width: 26 },
        { title: '时限', width: 11 },
        { title: '办理情况', width: 11 },
      ],
      rows: (figures.instructions ?? []).map(({ on, leader, text, units, dueOn, standing }): Cell[] => [
        on,
        leader,
        text,
        units.join('、'),
        dueOn ?? '未定',
        INSTRUCTION_STANDING_TITLES[standing],
      ]),
    },
    {
      name: '考核排名',
      notes: [figures.formulaText],
      columns: ['分组', '名次', '单位', '计分事项', '事项得分', '扣分', '得分', ...RANKED_EVENTS.map(eventTitle)].map(
        (name) => ({ title: name, width: RANKING_WIDTHS[name] ?? 11 }),
      ),
      rows: rankingGroups(figures.ranking).flatMap((group) =>
        group.rows.map((r): Cell[] => [
          group.title ?? '',
          r.rank ?? '不排名',
          r.name,
          r.total,
          r.base,
          r.minus,
          r.score,
          ...RANKED_EVENTS.map((event) => r.events[event]),
        ]),
      ),
    },
  ]
  // A list of nothing is no sheet to print; a workbook without any cannot be opened.
  const filled = sheets.filter(({ rows }) => [...rows].length > 0)
  return workbook(filled.length > 0 ? filled : sheets.slice(0, 1))
}
