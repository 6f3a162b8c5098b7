import { ORDER_COLOR_TITLES, ORDER_COLORS } from '../../../../db/domain/supervision-terms.ts'
import { eventMinusWords, RANKED_EVENTS, RANKED_LIGHTS, rankedTitle } from '../../../../db/domain/ranking.ts'
import { ORDER_RULE_WORDS } from '../../../../db/domain/lights.ts'
import { ROLE_TITLES, ROLES } from '../../../../db/domain/roles.ts'
import type { Settings } from '../../api/system-calls.ts'
import { readNumber } from '../../domain/briefs.ts'
import { isDate } from '../../../../db/domain/dates.ts'

export interface SettingField {
  /** Where the value lies in its setting: `points.overdue`. */
  path: string
  word: string
  kind: 'number' | 'numbers' | 'points' | 'line' | 'flag' | 'some' | 'one' | 'dates'
  /** What may be chosen of, for `some` and `one`. */
  options?: readonly { key: string; word: string }[]
  unit?: string
  hint?: string
  /** A line that may be left empty. */
  optional?: boolean
}

interface SettingGroup {
  key: keyof Settings
  word: string
  hint?: string
  fields: readonly SettingField[]
}

const number = (path: string, word: string, unit: string, hint?: string): SettingField => ({
  path,
  word,
  kind: 'number',
  unit,
  hint,
})
const points = (path: string, word: string): SettingField => ({
  path: `points.${path}`,
  word,
  kind: 'points',
  unit: '分',
})
const minus = (path: string, word: string): SettingField => number(`minus.${path}`, word, '分')

/** Every setting that an administrator may change, in groups as people think of them. */
export const GROUPS: readonly SettingGroup[] = [
  {
    key: 'lights',
    word: '亮灯',
    hint: '规则对所有人公开',
    fields: [
      number('behindPoints', '滞后：进度落后序时', '个百分点以上'),
      number('dueSoonDays', '临期：距期限', '天之内'),
      number('reportGraceDays', '期末之后', '天内须填报', '超过仍未填报的，按滞后亮灯'),
    ],
  },
  {
    key: 'reminders',
    word: '提醒',
    fields: [
      { path: 'daysBefore', word: '到期之前', kind: 'numbers', unit: '天提醒', hint: '用逗号分开，如 30,7,3' },
      number('signWithinDays', '交办之后', '天内签收'),
    ],
  },
  {
    key: 'reports',
    word: '填报',
    fields: [
      number('jumpPercent', '与上次相差', '% 以上须确认'),
      number('differencePercent', '与统计数据相差', '% 以上列为差异', '四舍五入造成的不列'),
    ],
  },
  {
    key: 'orders',
    word: '督办单',
    fields: [
      {
        path: 'colors',
        word: '按规则提出待签发',
        kind: 'some',
        options: ORDER_COLORS.map((key) => ({ key, word: ORDER_COLOR_TITLES[key] })),
        hint: ORDER_RULE_WORDS.join('；'),
      },
      number('answerDays', '回复时限', '个工作日'),
      { path: 'approval', word: '领导批准后签发', kind: 'flag' },
    ],
  },
  {
    key: 'calendar',
    word: '工作日',
    hint: '法定节假日已经内置；新公布的放假和调休在这里补充',
    fields: [
      { path: 'daysOff', word: '另外放假', kind: 'dates', hint: '用逗号分开，如 2027-02-05,2027-02-08' },
      { path: 'workdays', word: '调休上班', kind: 'dates' },
    ],
  },
  {
    key: 'ranking',
    word: '考核排名',
    hint: '留空的不计入；分组排名的单位组在“单位”中设定',
    fields: [
      ...RANKED_LIGHTS.map((light) => points(light, rankedTitle(light))),
      ...RANKED_EVENTS.map((event) => minus(event, eventMinusWords(event))),
      number('leastItems', '计分事项不少于', '项才排名', '少于的只计分'),
      number('appealDays', '公布后', '个工作日内可以申诉'),
    ],
  },
  {
    key: 'numbering',
    word: '编号',
    hint: '{year} 为年份，{n} 为序号',
    fields: [
      { path: 'order', word: '督办单', kind: 'line' },
      { path: 'bulletin', word: '通报', kind: 'line' },
    ],
  },
  {
    key: 'office',
    word: '本单位',
    fields: [
      { path: 'name', word: '落款的单位名称', kind: 'line' },
      {
        path: 'place',
        word: '所在地',
        kind: 'line',
        optional: true,
        hint: '如霁川市：文件中的“市科学技术局”就是霁川市科学技术局',
      },
    ],
  },
  {
    key: 'session',
    word: '登录',
    fields: [number('idleMinutes', '无操作', '分钟后退出'), number('absoluteHours', '登录之后', '小时须重新登录')],
  },
  {
    key: 'identity',
    word: '统一身份登录',
    hint: '用环境变量 OIDC_ISSUER、OIDC_CLIENT_ID 接上平台后生效；管理员账号始终用本地密码',
    fields: [
      { path: 'claim', word: '平台用哪一项认人', kind: 'line', hint: '如 preferred_username、email、phone_number' },
      {
        path: 'match',
        word: '对应账号的',
        kind: 'one',
        options: [
          { key: 'username', word: '用户名' },
          { key: 'email', word: '邮箱' },
          { key: 'telephone', word: '电话' },
        ],
      },
      {
        path: 'create',
        word: '没有账号的人',
        kind: 'one',
        options: [
          { key: 'nobody', word: '不能登录' },
          { key: 'reporter', word: '按单位开设部门账号' },
        ],
      },
      { path: 'nameClaim', word: '姓名取自', kind: 'line' },
      { path: 'unitClaim', word: '单位取自', kind: 'line', hint: '单位名称或别名须已登记' },
      { path: 'localForAdminsOnly', word: '本地密码只供管理员', kind: 'flag' },
    ],
  },
  {
    key: 'secondFactor',
    word: '两步验证',
    fields: [
      {
        path: 'requiredFor',
        word: '必须开启的角色',
        kind: 'some',
        options: ROLES.map((key) => ({ key, word: ROLE_TITLES[key] })),
        hint: '选中的角色下次打开页面时须先开启；任何人都可以自己开启',
      },
    ],
  },
  {
    key: 'imports',
    word: '导入',
    fields: [number('memoryMegabytes', '读取一个文件最多占用内存', 'MB')],
  },
  {
    key: 'backup',
    word: '备份',
    fields: [{ path: 'nightly', word: '每天夜间自动备份', kind: 'flag' }, number('keep', '保留最近', '份')],
  },
]

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown> | null)?.[key], value)

/** A value of a setting as text to be edited. */
export function readField(value: unknown, field: SettingField): string {
  const found = at(value, field.path)
  return found === null || found === undefined ? '' : Array.isArray(found) ? found.join(',') : String(found)
}

function parse(field: SettingField, text: string): unknown {
  const plain = text.trim()
  switch (field.kind) {
    case 'flag':
      return plain === 'true'
    case 'some':
      return plain === '' ? [] : plain.split(',')
    case 'one':
    case 'line':
      if (plain === '' && !field.optional) throw new Error('不能为空')
      return plain
    case 'numbers': {
      const read = plain
        .split(/[,，、\s]+/)
        .filter(Boolean)
        .map(readNumber)
      if (read.length === 0 || read.includes(null)) throw new Error('请填写天数，用逗号分开')
      return read
    }
    case 'dates': {
      const read = plain.split(/[,，、\s]+/).filter(Boolean)
      const wrong = read.find((date) => !isDate(date))
      if (wrong !== undefined) throw new Error(`“${wrong}”不是日期，应写成 2027-02-05`)
      return [...new Set(read)].sort()
    }
    case 'points':
    case 'number': {
      if (plain === '' && field.kind === 'points') return null
      const read = readNumber(plain)
      if (read === null) throw new Error('应为一个数')
      return read
    }
  }
}

/** The setting with this field changed; throws an Error with Chinese words where the text is no value. */
export function writeField(value: Record<string, unknown>, field: SettingField, text: string): Record<string, unknown> {
  const parsed = parse(field, text)
  const [first = '', second] = field.path.split('.')
  return second === undefined
    ? { ...value, [first]: parsed }
    : { ...value, [first]: { ...(value[first] as object | undefined), [second]: parsed } }
}
