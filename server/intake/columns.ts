/** What the columns of a list may hold, and by which words a header says so. */
import type { IntakeKind } from '../../db/domain/intake-terms.ts'

interface Column {
  key: string
  /** As the template calls it, and the choice on the page. */
  title: string
  /** Headers that mean it, without blanks; the first column whose words fit gets it. */
  words: RegExp
  /** A list without it cannot be read. */
  needed?: true
  /** Width in the template, in characters, and what stands under its header there. */
  width: number
  example: string
}

const column = (key: string, title: string, words: RegExp, width: number, example: string, needed?: true): Column => ({
  key,
  title,
  words,
  width,
  example,
  ...(needed && { needed }),
})

const UNIT_COLUMNS = [
  column(
    'name',
    '单位名称',
    /^(?:单位|部门|机构)(?:全称|名称)?$|^(?:规范|正式)?(?:名称|全称)$|^责任单位$/,
    28,
    '霁川市教育局',
    true,
  ),
  column('shortName', '简称', /简称|规范简称/, 14, '市教育局'),
  column('aliases', '别名', /别名|曾用名|又称|原名|其他名称/, 28, '市教委、市教育委员会'),
  column('parent', '上级单位', /上级|主管(?:单位|部门)|隶属/, 24, '霁川市人民政府'),
  column('level', '级别', /级别|层级|行政级/, 10, '市级'),
  column('sequence', '机构序列', /机构序列|排序|序列|排列/, 10, '12'),
  column('groups', '分组', /分组|组别|^类 ?别$|序列类/, 18, '市政府组成部门'),
  column('successor', '承继单位', /承继|并入|撤并|职能转入|现单位|更名为/, 24, ''),
] as const

const PEOPLE_COLUMNS = [
  column('displayName', '姓名', /姓名|^(?:人员|联络员|联系人|填报人)(?:姓名)?$/, 12, '林知远', true),
  column('username', '用户名', /用户名|账号|帐号|登录名|工号/, 16, 'linzhiyuan'),
  column('role', '角色', /角色|权限|身份/, 12, '部门'),
  column('unit', '所属单位', /单位|部门|机构/, 28, '霁川市教育局'),
  column('telephone', '电话', /电话|手机|联系方式|号码/, 18, '0816-2345678'),
  column('email', '邮箱', /邮箱|邮件|e-?mail/i, 24, ''),
] as const

const LEDGER_COLUMNS = [
  column('number', '序号', /^(?:序号|编号|项次|序列|№|No\.?)$/i, 6, '1'),
  column('contactLeader', '联系领导', /(?:联系|分管|牵头|包联|责任|市级|县级)[市县区州厅]?领导/, 12, ''),
  column('lead', '牵头单位', /牵头|主办|抓总|^主责单位$/, 24, '市教育局'),
  column('support', '配合单位', /配合|协办|协助|参与|参加|协同/, 24, '市财政局、市住房城乡建设局'),
  column(
    'responsible',
    '责任单位',
    /责任(?:单位|部门|主体)|承办|主管部门|实施(?:单位|主体)|落实(?:单位|部门)|承担单位/,
    24,
    '',
  ),
  column('frequency', '填报频次', /频次|频率|报送周期|调度周期/, 10, '按季'),
  column('asOf', '数据截止日期', /数据(?:截止|时间|日期)|截止日期|截至|统计时点/, 14, ''),
  column('startOn', '起始日期', /(?:开始|起始|启动|开工)(?:时间|日期)?$/, 14, ''),
  column(
    'done',
    '完成情况',
    /^(?:是否(?:完成|办结|销号|达标)|完成状态|办理状态|办理情况|办结情况|状态|完成与否|完成情况)$/,
    12,
    '未完成',
  ),
  column(
    'reported',
    '完成值',
    /^(?:目前|当前|实际|累计|至今)完成[值数量]?$|^完成(?:[值数量]|进度)$|^(?:现状|当前|实际)值$|(?<!是否)已完成[值数量]?$/,
    12,
    '3200',
  ),
  column(
    'progress',
    '进展情况',
    /进展|落实情况|推进情况|工作情况|进度情况|完成进展|^(?:办理|完成)情况$|^(?:目前|当前|总体|工作|项目)?进度(?:[(（%％].*)?$/,
    40,
    '已开工18所。',
  ),
  column('problems', '存在问题', /问题|困难/, 30, ''),
  column('nextSteps', '下一步措施', /下一步|下步|打算|计划安排/, 30, ''),
  column(
    'deadline',
    '完成时限',
    /时限|期限|完成(?:时间|日期)|节点|截止时间|工期|办结时间|时间要求/,
    16,
    '2026年12月底',
  ),
  column('baseline', '基期值', /基期|基数|上年|去年/, 12, ''),
  column('unit', '计量单位', /计量单位|^单位$|(?:目标|指标|任务|计划)值?单位$/, 10, ''),
  column('source', '来源', /来源|依据|文号|文件|出处|^会议(?:名称)?$/, 26, ''),
  column('group', '类别', /类别|类型|分类|领域|板块|一级指标|专项/, 16, ''),
  column(
    'indicator',
    '事项',
    /指标名称|^指标$|主要指标|事项|任务(?![数量值])|项目(?:名称)?$|实事|工作内容|^内容$|工作举措|重点工作|督查内容|交办内容/,
    44,
    '义务教育巩固率',
    true,
  ),
  column(
    'value',
    '目标值',
    /目标值|目标数|^目标$|目标要求|规划值|预期值|指标值|计划数|任务数|计划值|任务量|目标任务/,
    14,
    '不低于95%',
  ),
  column('detail', '具体要求', /要求|举措|措施|具体|内容|成果|形式|标准|任务|事项/, 40, ''),
  column('remark', '备注', /备注|说明/, 20, ''),
] as const

export const COLUMNS: Readonly<Record<IntakeKind, readonly Column[]>> = {
  units: UNIT_COLUMNS,
  people: PEOPLE_COLUMNS,
  ledger: LEDGER_COLUMNS,
}

/** The column that the template calls so. */
const titledColumn = (kind: IntakeKind, header: string): string | undefined =>
  COLUMNS[kind].find(({ title }) => title === header)?.key

/** The columns that a header may mean by its words, the likeliest first. */
export function columnsOfHeader(kind: IntakeKind, header: string): string[] {
  const titled = titledColumn(kind, header)
  const meant = COLUMNS[kind].filter(({ words }) => words.test(header)).map(({ key }) => key)
  return titled === undefined ? meant : [titled, ...meant]
}
