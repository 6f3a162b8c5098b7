import { doneTitle, LIGHT_TITLES } from '../../db/domain/lights.ts'
import { eventTitle, RANKED_EVENTS, RANKED_LIGHTS, rankedTitle, rankingGroups } from '../../db/domain/ranking.ts'
import { fieldEntry } from '../../db/domain/target-fields.ts'
import { type Cell, type Sheet, workbook } from '../core/workbook.ts'
import type { BulletinItem } from '../counting/figures-schemas.ts'
import type { Bulletin } from './schemas.ts'
import { NOT_REPORTED, targetWords } from '../../db/domain/target-words.ts'

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
      name: '考核排名',
      notes: [figures.formulaText],
      columns: ['分组', '名次', '单位', '计分事项', '事项得分', '扣分', '得分', ...RANKED_EVENTS.map(eventTitle)].map(
        (name) => ({ title: name, width: name === '单位' ? 30 : 11 }),
      ),
      rows: rankingGroups(figures.ranking, figures.formula.groups).flatMap((group) =>
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
  // A list of nothing is no sheet to print.
  return workbook(sheets.filter(({ rows }) => [...rows].length > 0))
}
