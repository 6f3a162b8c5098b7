import type { UnitRole } from '../types.ts'

/** What a part of a responsibility tag holds: units in a role, a limit, or something that is no unit. */
export type TagPart = UnitRole | 'deadline' | 'other'

/** Words before 单位, 部门, 主体 or a colon, by what they say. `督办` and `督查` watch over a duty, they do not bear it. */
const LEAD = ['牵头', '总牵头', '主办', '领办', '抓总', '主抓', '第一责任', '首要责任', '主要牵头', '共同牵头']
const RESPONSIBLE = ['责任', '负责', '主责', '主管', '承办', '实施', '组织实施', '落实', '完成', '承担', '执行', '任务', '分工', '承接', '建设', '整改', '推进', '责任主体', '责任科室', '办理', '经办']
const SUPPORT = ['配合', '协办', '协助', '参与', '参加', '协同', '协作', '支持', '会办', '联办', '协管', '联动', '协调', '参建', '支撑', '共同参与', '主要配合', '保障']
const OTHER = ['督办', '督查', '督导', '监督', '监管', '验收', '考核', '指导', '联系', '包联', '挂联', '审核', '报送', '发文', '编制', '填报', '备注', '说明']

/** Nouns that follow such a word in a label: `牵头单位`, `责任部门`, `配合处室`. */
const BODIES = ['责任单位', '责任部门', '单位', '部门', '处室', '科室', '股室', '主体', '单位和部门', '单位及部门', '部门和单位', '部门及单位', '部门(单位)', '单位(部门)', '地区', '机构', '方', '地区和部门', '县区', '区县', '县市区', '乡镇', '局', '委办局', '市直单位', '市级单位', '镇街', '镇(街道)', '企业', '部门或单位', '部门、单位', '市级部门', '市直部门', '省直部门', '省级部门', '省直单位', '区级部门', '区直部门', '县级部门', '县直部门', '县直单位']

/** Labels of people: their names are no units. */
const PEOPLE = ['责任人', '牵头领导', '责任领导', '分管领导', '包抓领导', '挂联领导', '联系领导', '牵头市领导', '责任市领导', '市级责任领导', '牵头省领导', '联系人', '具体责任人', '负责人', '主要负责人', '督办领导', '配合领导', '联系电话', '包联领导', '市领导', '省领导', '县领导', '区领导', '牵头负责人', '责任科室负责人', '填报人', '督办人', '联络员', '联络人', '项目责任人', '项目负责人', '督导领导', '责任人员']

/** Labels of a limit. */
export const LIMIT_LABELS: readonly string[] = ['完成时限', '完成时间', '完成期限', '时限要求', '时间要求', '时间安排', '时间进度', '时间节点', '进度安排', '进度要求', '工作时限', '办结时限', '办理时限', '落实时限', '整改时限', '整改期限', '实施时间', '推进时间', '计划完成时间', '完成时点', '时限', '期限', '时间', '进度', '截止时间', '预计完成时间', '工作进度', '完成日期', '起止时间', '起止年限', '实施期限', '建设年限', '建设期限']

/** Labels of parts that say what is to be done. */
export const CONTENT_LABELS: readonly string[] = ['所属片区', '所属镇街', '所属区域', '建设地址', '建设地点', '工作目标', '目标任务', '工作任务', '工作内容', '主要任务', '工作措施', '主要措施', '工作要求', '成果形式', '工作成果', '目标要求', '重点任务', '任务目标', '整改目标', '整改措施', '年度目标', '主要目标', '进展情况', '总体目标', '完成情况', '实际完成情况', '目前进展', '工作进展', '最新进展', '进展']

/** A word of a label → what the label holds; a label may have several of them (牵头责任单位). */
export const LABEL_STEMS: ReadonlyMap<string, TagPart> = new Map<string, TagPart>([
  ...OTHER.map((word) => [word, 'other'] as const),
  ...RESPONSIBLE.map((word) => [word, 'responsible'] as const),
  ...SUPPORT.map((word) => [word, 'support'] as const),
  ...LEAD.map((word) => [word, 'lead'] as const),
])

export const LABEL_BODIES: readonly string[] = BODIES
export const PEOPLE_LABELS: readonly string[] = PEOPLE

/** Labels short enough to stand before a colon without 单位: `牵头：市A`. */
export const BARE_LABELS: readonly string[] = [...LEAD, '牵头负责', '牵头责任', '牵头落实', '牵头实施', ...SUPPORT, '责任', '负责', '主责', '承办', '主管', '落实', '实施', '督办', '督查', '督导', '责任分工', '任务分工', '职责分工', '工作分工']

/** What a body does for a duty, in one word; several in a row make one phrase (牵头组织实施, 分工负责落实). */
const LEADING_ACTS = ['牵头', '主办', '领办', '抓总', '牵头抓总', '负总责', '为牵头单位', '为主办单位']
const SUPPORTING_ACTS = ['配合', '协办', '协助', '协作', '协同', '协管', '参与', '参加', '支持', '会办', '联办', '为配合单位', '为协办单位', '为参与单位']
const ANSWERING_ACTS = [
  '负责', '落实', '实施', '承办', '承担', '执行', '推进', '完成', '办理', '经办', '主管', '主责', '主抓', '制定', '研究', '提出', '推动', '开展', '抓好', '抓', '做好', '统筹', '协调', '指导', '督促', '贯彻', '协同推进', '协同实施', '实施和推进', '抓落实',
  '为责任单位', '为实施单位', '做好工作', '各负其责', '负总体责任',
]
/** How it does so; these stand before such a word and say nothing of the role. */
export const DUTY_MANNERS: readonly string[] = ['分别', '共同', '分工', '分头', '各自', '具体', '积极', '密切', '主要', '直接', '全面', '联合', '总', '按职责', '按责', '依责', '依职责', '予以', '认真', '统一', '会同', '合力', '协力', '切实']

/** Such a word → the role it gives. Of several the one that leads, then the one that supports, decides. */
export const DUTY_ACTS: ReadonlyMap<string, UnitRole> = new Map<string, UnitRole>([
  ...ANSWERING_ACTS.map((word) => [word, 'responsible'] as const),
  ...SUPPORTING_ACTS.map((word) => [word, 'support'] as const),
  ...LEADING_ACTS.map((word) => [word, 'lead'] as const),
])
/** 组织 is also the end of a name (社会组织, 行业组织): it counts before another of these words, or alone behind a body. */
export const ORGANISING = '组织'
