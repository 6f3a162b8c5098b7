import { INSTRUCTION_STEP_TITLES, type InstructionStep } from '../../../../db/domain/instructions.ts'
import { ruleOf, type Step, STEPS } from '../../../../db/domain/lifecycle.ts'
import { CHANNEL_TITLES } from '../../../../db/domain/messages.ts'
import { periodTitle } from '../../../../db/domain/period.ts'
import type { AuditRecord } from '../../api/system-calls.ts'
import { FIELD_WORDS, fieldValue } from '../../domain/briefs.ts'
import { GROUPS } from './setting-fields.ts'

export const ENTITY_WORDS: Record<string, string> = {
  target: '目标',
  report: '填报',
  attachment: '佐证材料',
  file: '文件',
  document: '文件篇目',
  user: '人员',
  unit: '单位',
  setting: '设置',
  bulletin: '通报',
  session: '登录',
  backup: '备份',
  audit: '审计',
  export: '导出',
  route: '功能',
  job: '任务',
  view: '视图',
  'source-kind': '来源类别',
  channel: '消息渠道',
  ranking: '考核排名',
  instruction: '批示',
  intake: '批量导入',
  token: '接口令牌',
}

/** Names of what the trail knows by number only. */
interface Names {
  user: ReadonlyMap<string, string>
  unit: ReadonlyMap<string, string>
}

/** What a record is about, by its name where it has one: 人员 张三, 设置 亮灯. */
export function entityWords({ entity, entityId, entityName }: Pick<AuditRecord, 'entity' | 'entityId' | 'entityName'>) {
  const word = ENTITY_WORDS[entity] ?? entity
  const words: Record<string, string | undefined> = {
    setting: GROUPS.find(({ key }) => key === entityId)?.word,
    channel: CHANNEL_TITLES[entityId as keyof typeof CHANNEL_TITLES],
    ranking: entityName === null ? undefined : periodTitle(entityName),
  }
  return [word, words[entity] ?? entityName ?? entityId].filter((one) => one !== null).join(' ')
}

const ACTIONS: Record<string, string> = {
  'target.mend': '修改',
  'target.merge': '合并',
  'target.split': '拆分',
  'target.undo': '撤销',
  'target.draft': '填报（草稿）',
  'target.submit': '提交填报',
  'target.assign': '交办',
  'target.reassign': '改派',
  'target.break-down': '分解',
  'target.record-part': '更新分解进度',
  'target.ask-change': '申请变更',
  'target.add': '手工增加',
  'target.split-off': '拆分得出',
  'target.take-in': '并入',
  'attachment.add': '上传佐证',
  'attachment.remove': '删除佐证',
  'user.create': '开设账号',
  'user.change': '修改账号',
  'user.reset': '重置密码',
  'user.password': '修改密码',
  'user.end-sessions': '结束登录',
  'second-factor.on': '开启两步验证',
  'second-factor.off': '关闭两步验证',
  'second-factor.reset': '重置两步验证',
  'second-factor.refused': '验证码错误',
  'second-factor.recovery-codes': '重新生成恢复码',
  'unit.create': '新建单位',
  'unit.change': '修改单位',
  'unit.alias': '改别名',
  'unit.resolve': '对应名称',
  'setting.change': '修改设置',
  'session.open': '登录',
  'session.close': '退出',
  'session.refused': '登录未成功',
  'file.import': '导入文件',
  'file.undo-import': '撤销导入',
  'file.reread': '重新读取',
  'document.edit': '修改文件信息',
  'document.undo': '撤销修改',
  'source.add': '新建来源',
  'source.extend': '来源增加事项',
  'source.read': '读取清单',
  'source-kind.add': '增加来源类别',
  'source-kind.change': '修改来源类别',
  'reminder.run': '每日提醒',
  'target.unsplit': '撤销拆分',
  'bulletin.create': '生成通报',
  'bulletin.change': '修改通报',
  'bulletin.refresh': '重新取数',
  'bulletin.issue': '印发通报',
  'ranking.appeal': '排名申诉',
  'ranking.answer-appeal': '答复申诉',
  'channel.change': '修改消息渠道',
  'channel.test': '发测试消息',
  'calendar.feed': '生成日历订阅',
  'calendar.end-feed': '停用日历订阅',
  'view.create': '新建视图',
  'view.change': '修改视图',
  'view.delete': '删除视图',
  'backup.create': '备份',
  'audit.export': '导出审计',
  'export.targets': '导出台账',
  'export.everything': '导出全部数据',
  'access.refused': '越权被拒',
  'user.identity': '绑定统一身份',
  'backup.restore': '恢复备份',
  'document.reread': '重新读取文件信息',
  'order.edit-proposal': '修改待签发的督办单',
  'order.approve': '批准签发督办单',
  'order.dismiss': '不予签发督办单',
  'instruction.write': '作出批示',
  'intake.confirm': '确认批量导入',
  'intake.undo': '撤销批量导入',
  'token.create': '开具接口令牌',
  'token.revoke': '撤销接口令牌',
}

/** An action in words; one that has none keeps its name. */
export function actionWords(action: string): string {
  const [entity, step = ''] = action.split('.')
  if (ACTIONS[action]) return ACTIONS[action]
  if (entity === 'instruction' && step in INSTRUCTION_STEP_TITLES)
    return INSTRUCTION_STEP_TITLES[step as InstructionStep]
  return entity === 'target' && step in STEPS ? ruleOf(step as Step).title : action
}

const say = (field: string, value: unknown, names: Names): string => {
  if (value === undefined) return '—'
  const named = { unitId: names.unit, parentId: names.unit, successorId: names.unit, userId: names.user }[field]
  if (named !== undefined && typeof value === 'number') return named.get(String(value)) ?? String(value)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return JSON.stringify(value)
  if (Array.isArray(value) && value.some((one) => typeof one === 'object' && one !== null && !('name' in one)))
    return JSON.stringify(value)
  return fieldValue(field, value)
}

/** What a record of the trail tells, field by field; only what differs. */
export function plainRecord(
  before: unknown,
  after: unknown,
  names: Names,
): { field: string; before: string; after: string }[] {
  const was = (before ?? {}) as Record<string, unknown>
  const is = (after ?? {}) as Record<string, unknown>
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) => {
    const [from, to] = [say(key, was[key], names), say(key, is[key], names)]
    return from === to ? [] : [{ field: FIELD_WORDS[key] ?? key, before: from, after: to }]
  })
}
