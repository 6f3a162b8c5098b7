import { dateWords } from '../../db/domain/dates.ts'
import { RANKED_LIGHTS, rankedTitle } from '../../db/domain/ranking.ts'
import { addressee, body, heading, officialDocument, redHead, signature, table, title } from '../core/gbt9704.ts'
import type { BulletinItem } from '../counting/figures-schemas.ts'
import type { Bulletin } from './schemas.ts'
import { targetWords } from '../../db/domain/target-words.ts'

const itemRows = (items: BulletinItem[], last: (item: BulletinItem) => string) =>
  items.map((item, i) => [
    String(i + 1),
    item.indicator,
    targetWords(item, 'text') || '—',
    item.deadline ?? '—',
    item.reported === null
      ? '未报'
      : `${item.reported.value === null ? '' : `${item.reported.value}${item.unit ?? ''}`}（${item.reported.asOf}）`,
    item.units.join('、'),
    last(item),
  ])

/** 通报 in the layout of official documents: what was edited as text, the figures as tables. `on` is the date it bears. */
export function bulletinDocx(bulletin: Bulletin, on: string): Promise<Buffer> {
  const { figures, words, office } = bulletin
  const width = [1, 6, 3, 3, 4, 4, 3]
  const head = ['序号', '事项', '目标', '完成时限', '最新数据（截止日期）', '责任单位']
  const section = (n: number, name: string) => heading(`${'一二三四五'[n]}、${name}`)
  return officialDocument(bulletin.title, [
    ...redHead(office, bulletin.number),
    title(bulletin.title),
    addressee('各有关单位：'),
    ...body(words.opening),
    section(0, '总体情况'),
    ...table(
      '各单位事项亮灯情况',
      ['单位', '事项数', ...RANKED_LIGHTS.map(rankedTitle)],
      figures.units.map((u) => [u.name, u.total, ...RANKED_LIGHTS.map((light) => u.lights[light])].map(String)),
      [5, 2, ...RANKED_LIGHTS.map(() => 2)],
    ),
    section(1, '新完成事项'),
    ...body(words.completed),
    ...(figures.completed.length > 0
      ? table(
          '新完成事项清单',
          [...head, '完成情况'],
          itemRows(figures.completed, (item) => (item.late ? '逾期完成' : '按期完成')),
          width,
        )
      : []),
    section(2, '逾期事项'),
    ...body(words.overdue),
    ...(figures.overdue.length > 0
      ? table(
          '逾期事项清单',
          [...head, '逾期起始'],
          itemRows(figures.overdue, (item) => item.since ?? ''),
          width,
        )
      : []),
    section(3, '考核排名'),
    ...body(words.ranking),
    ...(figures.ranking.length > 0
      ? table(
          '考核排名',
          ['名次', '单位', '计分事项', '事项得分', '扣分', '得分'],
          figures.ranking.map((r) => [r.rank, r.name, r.total, r.base, r.minus, r.score].map(String)),
          [1, 5, 2, 2, 2, 2],
        )
      : []),
    section(4, '有关要求'),
    ...body(words.closing),
    ...signature(office, dateWords(on)),
  ])
}
