import { RANKED_LIGHTS, rankedTitle, rankingGroups } from '../../db/domain/ranking.ts'
import { type Cell, type Sheet, workbook } from '../core/workbook.ts'
import type { BulletinItem } from '../counting/figures-schemas.ts'
import type { Bulletin } from './schemas.ts'
import { targetWords } from '../../db/domain/target-words.ts'

const LIGHT_COLUMNS = RANKED_LIGHTS.map((light) => ({ title: rankedTitle(light), width: 10 }))

/** The figures of a bulletin as a workbook, the formula above the ranking. */
export function bulletinXlsx({ figures, title }: Bulletin): Promise<Buffer> {
  const items = (rows: BulletinItem[], last: (item: BulletinItem) => Cell) =>
    rows.map((item): Cell[] => [
      item.indicator,
      targetWords(item, 'text') || '—',
      item.deadline ?? '未定',
      item.reported === null ? '未报' : (item.reported.value ?? '—'),
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
      ['完成时限', 11],
      ['最新数据', 10],
      ['计量单位', 9],
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
      rows: items(figures.completed, (item) => (item.late ? '逾期完成' : '按期完成')),
    },
    {
      name: '逾期',
      notes: [`逾期事项清单（${title}）`],
      columns: itemColumns('逾期起始'),
      rows: items(figures.overdue, (item) => item.since),
    },
    {
      name: '考核排名',
      notes: [figures.formulaText],
      columns: [
        '分组',
        '名次',
        '单位',
        '计分事项',
        '事项得分',
        '扣分',
        '得分',
        '催办',
        '退回',
        '逾期签收',
        '黄色督办单',
        '红色督办单',
      ].map((name) => ({ title: name, width: name === '单位' ? 30 : 11 })),
      rows: rankingGroups(figures.ranking, figures.formula.groups).flatMap((group) =>
        group.rows.map((r): Cell[] => [
          group.title ?? '',
          r.rank ?? '不排名',
          r.name,
          r.total,
          r.base,
          r.minus,
          r.score,
          r.events.urge,
          r.events.returned,
          r.events.lateSignature,
          r.events.yellowOrder,
          r.events.redOrder,
        ]),
      ),
    },
  ]
  // A list of nothing is no sheet to print.
  return workbook(sheets.filter(({ rows }) => [...rows].length > 0))
}
