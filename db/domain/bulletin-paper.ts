import { INSTRUCTION_STANDING_TITLES, type InstructionStanding } from './instructions.ts'
import { RANKED_LIGHTS, rankedTitle, type RankedCounts, rankingGroups } from './ranking.ts'
import { type LaidTable, layOut, type PaperCell, type PaperColumn } from './paper-table.ts'
import { doneTitle } from './lights.ts'
import { NOT_REPORTED, reportedWords, targetPieces, type Worded } from './target-words.ts'

/** A target as a bulletin lists it. */
interface ListedItem extends Worded {
  id: number
  indicator: string
  deadline: string | null
  units: readonly string[]
  late: boolean
  since: string | null
  reported: { value: number | null; asOf: string } | null
}

interface RankedUnit {
  group?: string | null
  /** Null below the least number of items. */
  rank: number | null
  name: string
  total: number
  base: number
  minus: number
  score: number
}

/** What a bulletin is made of, as it is stored. */
interface BulletinSource {
  title: string
  number: string | null
  office: string
  issuedBy: { displayName: string } | null
  words: { opening: string; completed: string; overdue: string; ranking: string; closing: string }
  figures: {
    units: readonly { name: string; total: number; lights: RankedCounts }[]
    completed: readonly ListedItem[]
    overdue: readonly ListedItem[]
    ranking: readonly RankedUnit[]
    /** Absent in bulletins that were made before 批示 were kept. */
    instructions?: readonly {
      on: string
      leader: string
      text: string
      units: readonly string[]
      dueOn: string | null
      standing: InstructionStanding
    }[]
  }
}

type SectionKey = keyof BulletinSource['words']

interface Annex {
  key: 'units' | 'completed' | 'overdue' | 'instructions' | 'ranking'
  /** `附件1` where there are several, else `附件`. */
  mark: string
  title: string
  /** `12个单位`, `47项` */
  size: string
  table: LaidTable
  /** Targets of the rows, in their order, where rows are targets. */
  targetIds: readonly number[] | null
}

/** A 通报 as it lies on paper, whether it was written as docx or printed from the page. */
interface BulletinPaper {
  number: string
  /** 签发: who issued it; empty before. */
  signer: string
  addressee: string
  /** The first one has no heading. */
  sections: { key: SectionKey; heading: string | null }[]
  annexes: Annex[]
  /** Whether it is long enough for a 目录 before the annexes. */
  contents: boolean
}

/** Rows of all tables from which a reader needs a 目录. */
const LONG = 60

const left = (title: string): PaperColumn => ({ title, align: 'left' })
const center = (title: string): PaperColumn => ({ title, align: 'center' })

/** Numbers in Chinese of headings: a bulletin has fewer than ten. */
const NUMERALS = '一二三四五六七八九'

export function bulletinPaper(bulletin: BulletinSource): BulletinPaper {
  const annexes = annexesOf(bulletin.figures)
  const headings: [SectionKey, string | null][] = [
    ['opening', null],
    ['completed', '新完成事项'],
    ['overdue', '逾期事项'],
    ['ranking', '考核排名'],
    ['closing', '有关要求'],
  ]
  return {
    number: bulletin.number ?? '（印发时编号）',
    signer: bulletin.issuedBy?.displayName ?? '',
    addressee: '各有关单位：',
    sections: headings.map(([key, title], i) => ({
      key,
      heading: title === null ? null : `${NUMERALS[i - 1]}、${title}`,
    })),
    annexes,
    contents: annexes.reduce((rows, { table }) => rows + table.rows.length, 0) > LONG,
  }
}

function annexesOf({ units, completed, overdue, ranking, instructions = [] }: BulletinSource['figures']): Annex[] {
  const groups = rankingGroups(ranking)
  const grouped = groups.length > 1 || groups[0]?.title != null
  const found: Omit<Annex, 'mark'>[] = [
    {
      key: 'units',
      title: '各单位事项亮灯情况',
      size: `${units.length}个单位`,
      targetIds: null,
      table: layOut({
        columns: [left('单位'), center('事项数'), ...RANKED_LIGHTS.map((light) => center(rankedTitle(light)))],
        rows: units.map((unit) => [
          unit.name,
          [String(unit.total)],
          ...RANKED_LIGHTS.map((light) => [String(unit.lights[light])]),
        ]),
      }),
    },
    {
      key: 'completed',
      title: '新完成事项清单',
      size: `${completed.length}项`,
      targetIds: completed.map(({ id }) => id),
      table: itemTable(completed, true, '完成情况', (item) => [doneTitle(item.late)]),
    },
    {
      key: 'overdue',
      title: '逾期事项清单',
      size: `${overdue.length}项`,
      targetIds: overdue.map(({ id }) => id),
      table: itemTable(overdue, null, '逾期起始', (item) => [item.since ?? '—']),
    },
    {
      key: 'instructions',
      title: '领导批示办理情况',
      size: `${instructions.length}件`,
      targetIds: null,
      table: layOut({
        columns: [
          center('序号'),
          center('批示日期'),
          center('批示领导'),
          left('批示内容'),
          left('办理单位'),
          center('时限'),
          center('办理情况'),
        ],
        rows: instructions.map((one, i) => [
          [String(i + 1)],
          [one.on],
          [one.leader],
          one.text,
          one.units.join('、'),
          [one.dueOn ?? '未定'],
          [INSTRUCTION_STANDING_TITLES[one.standing]],
        ]),
      }),
    },
    {
      key: 'ranking',
      title: '考核排名',
      size: `${ranking.length}个单位`,
      targetIds: null,
      table: layOut({
        columns: [
          ...(grouped ? [left('分组')] : []),
          center('名次'),
          left('单位'),
          center('计分事项'),
          center('事项得分'),
          center('扣分'),
          center('得分'),
        ],
        rows: groups.flatMap((group) =>
          group.rows.map((row) => [
            ...(grouped ? [group.title ?? ''] : []),
            [row.rank === null ? '不排名' : String(row.rank)],
            row.name,
            [String(row.total)],
            [row.base.toFixed(2)],
            [row.minus.toFixed(2)],
            [row.score.toFixed(2)],
          ]),
        ),
      }),
    },
  ]
  const filled = found.filter(({ table }) => table.rows.length > 0)
  return filled.map((annex, i) => ({ ...annex, mark: filled.length === 1 ? '附件' : `附件${i + 1}` }))
}

/** @param done whether the items are done; null where the newest report may say anything */
const itemTable = (
  items: readonly ListedItem[],
  done: boolean | null,
  last: string,
  lastOf: (item: ListedItem) => PaperCell,
): LaidTable =>
  layOut({
    columns: [
      center('序号'),
      left('事项'),
      center('目标'),
      center('完成时限'),
      center('最新进展'),
      left('责任单位'),
      center(last),
    ],
    rows: items.map((item, i) => [
      [String(i + 1)],
      item.indicator,
      // Bulletins of long ago did not keep the kind.
      targetPieces({ ...item, kind: item.kind ?? (item.value === null ? 'milestone' : 'quantity') }),
      [item.deadline ?? '未定'],
      item.reported === null
        ? [NOT_REPORTED]
        : [reportedWords(item.reported.value, item.unit, done, 'text'), `\n（${item.reported.asOf}）`],
      item.units.length > 0 ? item.units.join('、') : '待明确',
      lastOf(item),
    ]),
  })
