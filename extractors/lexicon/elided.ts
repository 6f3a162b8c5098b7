/** Words of a name that leave out what another number, part or heading says. */
import { ACTS_OF_WORK } from './works.ts'

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

/** Verbs that, alone before a number, have the object counted before: 孵化器达到6家，今年**新增**2家. */
export const VERBS_ALONE = words(
  '新增 净增 新建 新建成 完成 建成 新开工 竣工 投产 增加 续建 改建 扩建 改扩建 改造 改造提升 提质改造 维修改造',
)

/** Stages of what was counted before in the same unit: 开工建设165个，**竣工**80个. */
export const STAGES_OF_COUNTED = words(
  '完工 建成通车 建成投产 竣工交付 开工建设 启动建设 启动实施 启动 动工 开建 开工 竣工投产 竣工验收 建成投用 基本建成 全面建成 投产达效 交付 交付使用 交付入住 投用 投入使用 投运 通车 封顶 新改建 拆除 更新 更换 关停 销号 验收 通过验收 签约 落地 入驻 创成 获批 认定 达标',
)

/** Verbs whose object is a plan named before: 实施护理员培训计划，每年**培训**2万人. */
export const ACTS_OF_PLANS = words('培训 培养 培育 引进 资助 扶持 救助 帮扶 改造')

/** How the things counted before are mended: 危房改造1260户，其中**重建**860户. */
export const REPAIRS = words('重建 修缮 翻建 翻修 加固 维修 迁建 原址重建 修缮加固 货币化安置 实物安置')

/** Nouns that need the modifier named before them: 建设干线公路项目9个，续建**项目**4个. */
export const GENERIC_NOUNS = words(
  '项目 工程 企业 机构 基地 园区 平台 学校 医院 道路 公路 线路 站点 设施 水库 河道 单位',
)

/** Sizes of what was built: 新建冷库15座、**库容**8000立方米. */
export const SIZES_OF_BUILT = words(
  '库容 容量 装机 装机容量 占地面积 建筑面积 处理能力 供水能力 总库容 总容量 总装机 总装机容量 总占地面积 总建筑面积 总处理能力 总供水能力',
)

/** Growths that do not say of what: 社会物流总额突破900亿元，年均**增速**8%. */
export const GROWTHS_ALONE = words('增速 增长率 增幅 增长 降幅 增长速度')

/** Places and stages that measure nothing alone: 入园率达到85%，**东部地区**达到95%. */
export const PLACES_ALONE = words(
  '城镇 城市 城区 农村 乡村 县城 东部 中部 西部 东部地区 中部地区 西部地区 山区 川区 坝区 平原 平原地区 丘陵 丘陵地区 山区地区 县级 市级 乡镇 主城区 中心城区 中心城 核心区 建制镇 重点镇 小学 初中 高中 城镇地区 农村地区',
)

/** What ends the name of a body, a place or a group, of which a rate is told: 卫生院达标率达到100%，**卫生室**达到95%. */
export const THINGS_WITH_RATES: readonly string[] = [
  ...words('院 校 所 站 室 店 厂 村 镇 小学 初中 高中 社区 小区 园区 企业 机构 单位 合作社 家庭 农户 居民 教师 学生 儿童 老年人'),
]

/** Words that stand for several, and for which: 城乡居民收入, 一二三产增加值. */
export const FOR_SEVERAL: readonly (readonly [word: string, members: readonly string[]])[] = [
  ['城乡', ['城镇', '农村']],
  ['一二三产', ['一产', '二产', '三产']],
]

/** Acts that end a name: such a part takes only a verb like 实施 or 完成 from its list, for it says itself what is done. */
export const ACTS: readonly string[] = [
  ...ACTS_OF_WORK,
  ...words('改善 开工 竣工 就业 再就业 施肥 扩种 播种 工程'),
]

/** What a share of something does: 90%的乡镇和60%的社区**建立**服务站. */
export const PREDICATES_OF_SHARES: readonly string[] = [
  ...words('建立 建成 建有 建设 设置 设立 达到 实现 完成 开展 具备 拥有 实施 纳入 配备 配置 接入 使用 提供 督查 督导 抽查 检查 考核 审计 改造 参加 参与 获得 掌握 符合 开设 成为 创建 推行 应用 开通'),
]
