/** What was achieved: these words before a number make it a report, not a promise. */
export const PAST_WORDS: readonly string[] = [
  '截至目前', '现已', '近年来', '近几年', '五年来', '过去', '上年末', '取得了', '斩获', '仍在', '仍达', '仍高', '仍为', '依然在', '达到了', '完成了', '建成了', '实现了', '形成了', '培育了', '从无到有', '位居全国第', '历史性', '首次突破', '顺利完成', '圆满完成', '超额完成',
]

/** The same, unless the sentence has a time that lies ahead: 2022年实现同比增长8% is a promise. */
export const WEAK_PAST_WORDS: readonly string[] = ['同比', '目前', '以来', '居全国', '先后']

/** Payments, prizes, fees, taxes, penalties: parameters of a rule, not promises. */
export const RULE_WORDS: readonly string[] = [
  '补助', '补贴', '奖励', '奖补', '给予', '一次性', '资助标准', '费率', '计征', '缴纳', '交纳', 'LPR减', '首付', '贴息', '报销比例为', '起付线', '封顶线', '保证金', '押金', '注册资本', '实缴资本', '按照不低于', '提取比例', '抵扣', '返还', '奖金', '奖牌', '津贴', '出资比例', '按投资额', '扣分', '加分', '分值', '得分低于', '满分', '权重', '收费标准', '赔偿', '滞纳金', '违约金', '单笔', '额度最高', '贷款额度', '授信额度', '担保费', '利率', '扶持资金', '按实际', '的比例给予', '按照每', '每亩补', '人均补', '兑现', '分档', '每年安排', '配套资金',
]

/** Terms of rules: parameters where the number is a span of time; 有效期内的产品300个 counts products. */
export const TERM_WORDS: readonly string[] = ['任期', '聘期', '工龄', '年限不', '有效期', '公示期', '公示时间', '征求意见']

/** Conditions: a number in such words says whom a rule is for. */
export const CONDITION_WORDS: readonly string[] = ['凡是', '逾期未', '超出部分', '不足部分', '低于规定', '情形', '之一的', '视为', '未达到', '达不到', '不满足', '符合条件', '符合以下', '条件的', '贯彻', '放宽', '改为', '的限制']

/** Words that make every number of their sentence a parameter: taxes, scores, securities. */
export const SENTENCE_RULE_WORDS: readonly string[] = ['税率', '减按', '征收率', '免征', '减征', '免收', '契税', '计税', '纳税所得', '应纳税', '加计扣除', '抵押', '质押物', '起付线', '封顶线', '首付款', '加分', '扣分']

/** Penalties: a rule for the part of the sentence that holds them, and for the condition before it. */
export const PENALTY = /罚款|处以(?![上下内外])|罚金|黑名单|[^审查理处]处\d[\d.]*[万百千]*元/

/** Words of payment: what is addressed in their sentence (对…的企业) is a condition. */
export const PAYMENT_WORDS: readonly string[] = ['给予', '补助', '补贴', '奖励', '奖补', '资助', '贴息', '减免', '优惠', '支持政策', '创新券', '算力券', '服务券', '消费券']

/** Nouns that a Chinese numeral names rather than counts: 三个方面, 两大体系. */
export const NAMED_BY_NUMERAL: readonly string[] = [
  '方面', '阶段', '环节', '体系', '机制', '领域', '重点', '关键', '工作', '问题', '行动', '工程', '原则', '层面', '维度', '统一', '转变', '坚持', '强化', '文明', '代表', '规划', '目标',
]

/** What has befallen things, as an attribute of them: 2005年底前**注册**营运的车辆. */
export const BEFALLEN: readonly string[] = [
  '开工', '建成', '注册', '备案', '认定', '批准', '批复', '排查', '发现', '摸排', '评定', '投产', '命名', '立项', '签约', '引进', '上市', '出生', '验收', '竣工', '投放', '搬迁', '淘汰', '下达',
]
