import { dateWords } from '../../db/domain/dates.ts'
import type { InstructionStanding } from '../../db/domain/instructions.ts'
import { share } from '../../db/domain/numbers.ts'
import type { NamedPeriod } from '../../db/domain/period.ts'
import { RANKED_LIGHTS, rankedTitle, rankingGroups } from '../../db/domain/ranking.ts'
import type { Figures } from '../counting/figures-schemas.ts'
import type { Words } from './schemas.ts'

/** The first wording of a bulletin, from the figures alone; a person edits it. */
export function draftWords(figures: Figures, period: NamedPeriod): Words {
  const { lights, total } = figures
  const done = lights.doneOnTime + lights.doneLate
  const open = RANKED_LIGHTS.filter((light) => light !== 'doneOnTime' && light !== 'doneLate' && lights[light] > 0)
    .map((light) => `${light === 'normal' ? '正常推进' : rankedTitle(light)}${lights[light]}项`)
    .join('，')
  const late = figures.completed.filter((item) => item.late).length
  const worst = [...figures.units]
    .filter((u) => u.lights.overdue > 0)
    .sort((a, b) => b.lights.overdue - a.lights.overdue)
    .slice(0, 5)
  const groups = rankingGroups(figures.ranking)
  const best = groups.flatMap(({ title, rows }) => {
    const first = rows.filter((row) => row.rank !== null && row.rank <= 3).map((row) => row.name)
    return first.length === 0 ? [] : [`${title === null ? '' : `${title}中`}排名靠前的是${first.join('、')}`]
  })
  const instructed = instructionWords(figures)
  const standing =
    total === 0
      ? '还没有纳入督查台账的事项'
      : `纳入督查台账的事项共${total}项，其中已完成${done}项${lights.doneLate > 0 ? `（逾期完成${lights.doneLate}项）` : ''}，占${share(done, total)}${open === '' ? '' : `；${open}`}`
  return {
    opening: `截至${dateWords(figures.asOf)}，${standing}。${instructed}${total === 0 && instructed === '' ? '' : `现将${period.title}有关情况通报如下。`}`,
    completed:
      figures.completed.length === 0
        ? '本期没有新完成的事项。'
        : `本期新完成事项${figures.completed.length}项${late > 0 ? `，其中逾期完成${late}项` : ''}（清单附后）。`,
    overdue:
      figures.overdue.length === 0
        ? '目前没有逾期未完成的事项。'
        : `目前逾期未完成事项${figures.overdue.length}项${worst.length > 0 ? `，涉及${worst.map((u) => `${u.name}（${u.lights.overdue}项）`).join('、')}等单位` : ''}（清单附后）。`,
    ranking:
      figures.ranking.length === 0
        ? '本期没有可以考核的单位。'
        : `本期参加考核的单位${figures.ranking.length}个${best.length > 0 ? `，${best.join('；')}` : ''}。计分办法：${figures.formulaText}`,
    closing: `请各单位对照本通报，${[
      ...(lights.overdue > 0 ? ['逾期事项逐项说明原因、明确措施和完成时限'] : []),
      lights.behind > 0 ? '滞后事项加快推进' : '在办事项按计划推进',
      '按时报送进展情况',
    ].join('，')}。`,
  }
}

/** 批示 in one sentence; nothing where there were none. */
function instructionWords({ instructions = [], instructionCounts }: Figures): string {
  const n = (standing: InstructionStanding) =>
    instructionCounts?.[standing] ?? instructions.filter((one) => one.standing === standing).length
  const total = n('done') + n('open') + n('overdue')
  if (total === 0) return ''
  const listed =
    instructions.length === 0
      ? ''
      : instructions.length === total
        ? '（清单附后）'
        : `（其中交各单位办理的${instructions.length}件清单附后）`
  return `领导批示${total}件，已办${n('done')}件，在办${n('open')}件，超期${n('overdue')}件${listed}。`
}
