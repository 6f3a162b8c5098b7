/** Kinds of documents, by the noun that their titles end with. */

const words = (list: string): readonly string[] => list.split(' ')

/** Kinds of official documents (《党政机关公文处理工作条例》第八条) and answers to proposals of deputies (答复), as titles of notices and orders have them. */
export const OFFICIAL_KINDS = words('决议 决定 命令 令 公报 公告 通告 意见 通知 通报 报告 请示 批复 答复 议案 函')

/** What lays down rules: its numbers are parameters. */
export const RULE_KINDS = words('办法 规定 条例 细则 规则 规程 守则 准则 章程 标准')

/** What says what is to be done. */
export const PLAN_KINDS = words('规划 方案 计划 要点 纲要 措施 预案 清单 分工')

/** The same by words that are acts as well (现将任务分解如下): they tell a title only where its line ends. */
export const DIVISION_KINDS = words('分解 安排')
