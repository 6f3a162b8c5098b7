/** Words that make a sentence, or a part of it, a statement: how things stand, how business is conducted, what a rule applies to. */

/** What was found or reached so far: each is enough for its sentence unless it looks ahead. */
export const REPORTED = new RegExp([
  '今年以来', '据(?:不完全)?统计', '(?:统计|调查|普查|监测|评估)(?:结果)?(?:显示|表明)', '普查结果', '截至目前', '截[至止]\\d{1,2}日',
  '仅[为占完有达]', '[率比]仅\\d', '仍有[^,;。]{0,12}\\d', '未按(?:要求|规定|期)(?![^,;。]{0,12}的)', '居全[省国市]第', '低于全[省国]平均', '高于全[省国]平均水平\\d', '全[省国]平均水平为',
  '(?:完成|占|为)(?:年度|全年)(?:投资)?(?:任务|目标|计划)数?的\\d', '完成(?:调整|年初|年度|全年)?预算数?的\\d', '超(?:过|额完成)?(?:时间|序时)进度', '了\\d', '受灾(?:面积|人口)', '^[^,。;]{2,12}(?:请求(?:,|国家|同意|批准|支持)|申请(?:国家|批准))', '直接经济损失', '紧急转移', '连续[两三四五六七八九十\\d]{1,3}年保持',
  '[率度量值]为\\d[^,;。]{0,8},(?:同比|[比较](?:上年|去年)(?:同期)?)(?:提高|下降|增长|降低|上升)',
].join('|'))

/** What opens a part that describes what there is: 全县辖13个镇, 现有床位1.2万张, 该项目总占地320亩. */
export const DESCRIBED = /^(?:全[市县区省州]|我[市县区省州])?(?:现有(?!林)|[\u4e00-\u9fff]{1,6}[省市县区州旗镇乡]现有(?![的林])|共有|下?辖|现辖|共辖|总人口|幅员面积|该(?:项目|工程|[县市镇区]))/

/** What a word means, whom a rule admits, when an emergency begins: every number of the sentence is a measure of that. */
export const DEFINED = /(?<!”)是指|所称|^[^,;。]{2,16}指(?![导标数南挥定派])[^,;。]{2,40}的|注册资本|年满\d|有下列(?:情形|情况)之一|启动[ⅠⅡⅢⅣ一二三四]级|预报仍?将|旱情|降雨量超过/

/** What the weather is to be: 据气象部门预报, 累计雨量. */
export const FORECAST_OF_WEATHER = /(?:据|经)[\u4e00-\u9fff]{0,8}(?:预报|预测|监测)|(?:累计|过程|面)雨量/

/** 若日响应量低于申报量的50%: a condition, to the end of its part. */
export const SUPPOSED = /^(?:\([^()]{0,4}\))?(?:若(?!干)|如果|倘若|当[^,;。]{2,20}[时达低高超不](?=[^,;。]*\d))/

/** Headings under which conditions stand. */
export const CONDITIONS_HEADING = /启动条件|响应(?:级别|条件|分级|启动)|分级标准|预警(?:级别|分级)|事件分级|事故分级|申报条件|准入条件|适用范围/

/** Meetings, offices and their staff: how business is conducted. */
export const CONDUCTED = /会议由|到会|下设办公室|办公室设在|会期\d|列席会议/

/** What is limited, priced or awarded by a rule: its numbers are parameters. */
export const REGULATED = new RegExp([
  '时速', '限[高重宽速]', '红线宽度', '退让距离', '路面宽度', '阶梯[电水气]价', '第[一二三]档', '起始价', '基准价', '出让底价', '(?<!平均)(?:担保|服务|手续)费率',
  '(?:缴存|缴费|代缴|计提|让利|返还|扣除|贴息|补助|支持|分担|奖补)比例', '人均投资标准', '预留份额', '注册资本', '营业面积', '评审专家', '外聘专家', '代表团', '[一二三]等奖', '优秀比例', '缴存基数', '每标准班',
].join('|'))

/** What a rule pays, charges or grants, raised or lowered: 稳岗返还比例提高到55%, 担保费率降至1%. */
export const PAID_SHARE = /(?:缴存|缴费|代缴|计提|返还|扣除|贴息|补助|风险补偿|奖补|分担|让利)比例|(?<!平均)(?:担保|服务|手续)费率|结转年限/

/** What a condition that ends with 的 leads to: …10人以上重伤的，依法追究. */
export const CONSEQUENCE = /^(?:依法|依照|按照?规定|处以?|给予|安排|取消|暂停|责令|减半|免[征收]|减[征收]|不予|不再|不得|一律|[由记按]|列入|追究|视为|启动|约谈|可以?|应当?|实行|评为|享受)/

/** A sentence that looks ahead all the same. */
export const LOOKS_AHEAD = /力争|争取|努力|确保|目标(?:是|为)|今后|下一步|将(?=达到|新增|建成|完成)/

/** What a review boasts of and no plan says. */
export const BOAST =
  /荣获|获评|被评为|成功创建|圆满|兑现了|跃居|居全[国省市]|走在(?:全[国省市])?前列|全[国省市]推广|大幅提升|大为改观|大见成效/g

/** What came of things, as reviews say it and plans seldom do: 明显改善, 取得新进展, 基本建成, 累计. */
export const OUTCOME = new RegExp([
  '(?:显著|明显|稳步|不断|持续|大幅|有效|进一步|逐步|有力)(?:改善|提高|提升|增强|优化|完善|扩大|加快|增长|推进|改观|夯实|巩固|加强|缓解|遏制|凸显|显现)(?=[,。;、])',
  '(?:得到|取得|获得)(?:了|新|重[大要]|长足|明显|显著|有效|进一步|积极|巩固|改善|提升|加强|落实|突破|进展|成效|实质|历史|阶段)',
  '(?:基本|全部|顺利|如期|全面)(?:完成|建成|形成|消除|实现|竣工|开工)(?=[,。;])', '卓有成效', '成[效绩]显著', '初[步具](?:形成|建成|规模)',
  '(?<![为除])了(?=[\\u4e00-\\u9fff\\d])', '\\d余[\\u4e00-\\u9fff]', '荣获', '获评', '被评为', '位居', '名列', '居全[国省市]', '(?:迈上|再上)新?台阶', '屡创新高', '从无到有',
  '同比(?:增长|提高|下降|增加)', '先后', '累计', '成功(?:举办|创建|申报|入选|引进)', '投入使用', '顺利', '圆满', '已[完建全实达]',
].join('|'), 'g')

/** What promises, urges or lays down, as plans say it and reviews seldom do. */
export const PROMISED = /力争|争取|确保|务必|今后|下一步|到20\d\d年|要(?![素闻求])|将[\u4e00-\u9fff]|[应须]|加快(?!了)|推动|大力|积极|切实|进一步(?:加强|完善|健全|推进)|不低于|不少于|鼓励|支持|引导|探索|健全|建立/g

/** A span of years that is over: what it opens tells what was. */
export const SPAN_GONE_BY = '(?:(?:过去|刚刚过去的)[一二三四五几\\d]年|刚刚?过去的20\\d\\d年|这[一两三四五]年(?=,)|[一二三四五几\\d]年来|近年来|近几年)'
