/** Words for works: their course from the beginning to the use of what they make, and what is done in them. */

const words = (list: string): readonly string[] => list.split(' ')

/** A work has begun: 6月底前**开工**. */
export const BEGUN = words('启动 开工 动工 开建')

/** A work is done: 年底前全面**完工**. */
export const DONE = words('完成 建成 竣工 完工 封顶 贯通 合龙')

/** What a work makes is in use: 9月底前**投用**. */
export const IN_USE = words(
  '投入使用 投入运营 投入运行 投入生产 投用 投产 投运 试运转 试生产 启用 上线 上线运行 运行 试运行 运营 交付 达产 到位 通车 通水 通气 并网 入住 搬迁入住 开园 开馆 开业 开放 挂牌 揭牌',
)

/** How else a task may end: 11月底前**销号**. */
export const SETTLED = words(
  '落实 落实到位 整改到位 整改完毕 实现 见效 实施 推开 铺开 出台 印发 达峰 达标 销号 清零 办结 验收 下闸蓄水',
)

/** What is done to things, as a noun behind them: 管网**改造**, 河道**疏浚**. */
export const ACTS_OF_WORK = words(
  '建设 新建 改建 扩建 迁建 改造 更新 升级 整治 治理 修复 加固 硬化 疏浚 铺设 敷设 复线 安装 拆除 更换 清理 绿化 种植 植树 造林 补植 退耕 禁牧 休牧 养护 管护 搬迁 安置 普查 排查 检测 检查 验收 培训',
)

/** What brings things into being: whoever does it to things that are named and counted (市里计划新增A、B等9座), has promised them. */
export const MADE = words('制定 出台 制修订 完成 建成 新建 建设 开工 竣工 续建 扩建 扩容 迁建 组建 新增')

/** What is reached, in the words of a promise: a part of a sentence without one is only the subject of another. */
export const REACHED = words(
  '修订 通车 通过 实行 实施 验收 建成 建立 建设 完成 形成 基本 健全 完善 提升 提高 增强 实现 显著 明显 进一步 得到 改善 优化 全面 达到 取得 启动 制定 出台 推广 开展 覆盖 普及 消除 遏制 全部 打造 成为 位居 进入 开工 运行 投入 落地 培育 推进 扩大 缓解 发展 壮大 迈 突破 投用 上线 开通',
)

/** What is done to things that are named and counted (完成A、B等12项): the count is promised with them. */
export const DONE_TO_NAMED = words(
  '完成 建成 新建 建设 开工 竣工 续建 改建 扩建 扩容 组建 新组建 设立 增设 完工 实施 启动 新增 消除 化解 淘汰 疏浚 加固 打造 创建 拆除 关停 取缔 整治 治理 改造 修复 打通 整合 撤并 迁建 引进 培育 举办 推出 上线 开通 发布 配发 发放 配备 购置 采购 安装 投放 清理 扶持 解决 做优做强 做大做强 做大做优 做大做好 发展壮大 培育壮大',
)
