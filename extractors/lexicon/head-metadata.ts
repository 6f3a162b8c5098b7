/** What a line of a web page's or database's table says about a document. */
export type MetadataField = 'number' | 'title' | 'issuer' | 'written' | 'published' | 'other'

/** What a body does with a document that it issues; 公开机构 puts it on a page. */
const ISSUES = ['发文', '发布', '颁布', '制发', '制定', '公布', '印发', '签发', '颁发'] as const
const DAYS = ['日期', '时间'] as const
const each = (first: readonly string[], second: readonly string[]): string[] =>
  first.flatMap((one) => second.map((other) => one + other))

/** Labels of the tables that government sites and legal databases set above a document (索引号, 发文字号, 成文日期), by what they give. */
export const METADATA_LABELS: ReadonlyMap<string, MetadataField> = new Map<string, MetadataField>([
  ...['发文字号', '发布文号', '公文字号', '文件字号', '公文文号', '发文文号', '文件编号', '文件号', '文号', '发文号'].map((label) => [label, 'number'] as const),
  ...['标题', '法规标题', '名称', '信息名称', '文件名称', '公文标题', '公文名称', '文件标题', '信息标题'].map((label) => [label, 'title'] as const),
  ...each(ISSUES, ['机关', '机构', '单位', '部门']).map((label) => [label, 'issuer'] as const),
  ...['公开机构', '信息来源'].map((label) => [label, 'issuer'] as const),
  ...each(['成文', '发文', '印发', '签发', '签署', '制定', '颁布'], DAYS).map((label) => [label, 'written'] as const),
  ...each(['发布', '公布', '公开', '生成', '发表', '上传', '更新', '出版', '发稿', ''], DAYS).map((label) => [label, 'published'] as const),
  ...['索引号', '索引码', '索取号', '信息索引', '信息索引号', '主题分类', '体裁分类', '组配分类', '信息分类', '信息类别', '所属主题', '主题词', '关键词', '分类', '类别', '服务对象', '公开类型', '公开方式', '公开形式', '公开范围', '公开程序', '有效性', '是否有效', '效力状态', '效力级别', '效力', '时效性', '时效', '法规类别', '文件类型', '公文种类', '文种', '体裁', '载体类型', '实施日期', '施行日期', '生效日期', '生效时间', '废止日期', '废止时间', '失效时间', '失效日期', '有效期', '来源', '文章来源', '作者', '编辑', '责任编辑', '审核', '浏览次数', '访问次数', '访问', '浏览量', '点击量', '点击数', '阅读量', '访问量', '字体', '字号大小', '打印', '分享', '内容概述', '统一编号', '统一登记号', '登记号', '规范性文件编号', '文件状态', '文件有效性', '语种', '信息来源网站', '审核人', '批准部门', '唯一标志', '内容分类', '公开属性', '归档时间', '归档日期', '主题', '新闻来源', '公开目录', '公开时限', '生成机关', '所属类别', '文件来源', '状态', '阅读', '阅读数', '阅读次数', '浏览', '点击', '下载地址', '公开责任部门', '政策级别', '政策类型', '政策主题', '政策分类', '浏览数', '报告人', '主讲人', '发言人', '正文'].map((label) => [label, 'other'] as const),
])
