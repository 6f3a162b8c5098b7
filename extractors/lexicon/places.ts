/**
 * What counts as a place, and what as the name of one.
 *
 * A place is told by how its words end: with its level (article 30 of the constitution and the tables of administrative
 * divisions below it: 省, 自治区, 市; 州, 盟; 县, 旗, 区; 乡, 镇, 苏木, 街道), with the body that runs a zone or a street
 * (管委会, 办事处), or with a kind of land (流域, 平原). Its name stands before the level: 青石镇, 云江区. Levels without a name
 * (各县区, 镇区) are places in general, and many words only end like a level (社区, 超市).
 */

/** What the provinces, autonomous regions and municipalities are called without their level. */
export const PROVINCES: readonly string[] = [
  '北京', '天津', '河北', '山西', '内蒙古', '辽宁', '吉林', '黑龙江', '上海', '江苏', '浙江', '安徽', '福建', '江西', '山东', '河南', '湖北', '湖南', '广东', '广西', '海南', '重庆', '四川', '贵州', '云南', '西藏', '陕西', '甘肃', '青海', '宁夏', '新疆',
]

/** The levels by their last characters, without the village, which many words end in. */
const LEVEL = '省市县区州盟旗镇乡'
const BODY = '(?:办事处|办|管委会|管理委员会)'

/** So long is what stands before the level, in characters: longer only where nationalities are named (…族自治县). */
const NAMED = new RegExp(
  `^(?:[\\u4e00-\\u9fff]{1,8}|[\\u4e00-\\u9fff]{2,12}族自治)(?:(?:[${LEVEL}]|街道|苏木)${BODY}?|办事处|管委会)$`,
)

const NUMERAL = '(?:[两二三四五六七八九]|[二三四五六七八九]?十[一二三四五六七八九]?)'
/** 两县, 全市, 我省, 县市区, 镇区, 各镇办: levels that are counted, pointed at or joined. */
const NAMELESS = new RegExp(
  `^(?:[各全本我该每几多]|${NUMERAL}个?)?(?:[${LEVEL}]{1,4}|自治[区州县旗]|[地县]级市|设区市|直辖市|市辖区|民族乡|街道)${BODY}?$`,
)

/** Words that end like a level and name no place. 高新区 and 开发区 are the one of their county, and stand for its name. */
const NO_NAMES: ReadonlySet<string> = new Set([
  '社区', '小区', '园区', '景区', '街区', '片区', '地区', '城区', '郊区', '老区', '新城区', '老城区', '主城区', '中心城区', '山区', '林区', '牧区', '灾区', '矿区', '库区', '辖区', '校区', '厂区', '院区', '军区', '专区',
  '城市', '中心城市', '超市', '夜市', '集市', '门市', '上市', '股市', '楼市', '城乡', '家乡', '故乡', '下乡', '返乡', '城镇', '集镇', '建制镇', '重点镇', '中心镇', '红旗', '国旗', '节省',
])

/** Before these the character of a level is part of another word: 市场, 区间, 县域, 乡村, 省级. */
const INSIDE_WORD = '省[级份会]|市[场值级域民]|县[域级]|区[间域位划块级]|州级|旗[下舰]|镇[区域级]|乡[村域级土]'
const OPENING = new RegExp(`^[\\u4e00-\\u9fff]{1,8}?(?!${INSIDE_WORD})[${LEVEL}]`)

const ENDS_IN_PLACE = new RegExp(
  `(?:[${LEVEL}村山]|街道|办事处|苏木|新城|[农林牧渔]场|流域|区域|水系|河段|平原|丘陵)$`,
)

const IN_GENERAL =
  /^(?:各(?:有关|相关)?|有关|相关|其他|所有|市级|属地)?(?:地级|设区的?|市属|市直|各)?(?:[省市县区州盟旗镇乡]|地区|街道?|苏木|嘎查|民族乡|[农林团牧渔]场|园区|开发区|功能区|新区|高新区|自治[区州县旗]|县级市|\([省市县区州盟旗镇乡、,]+\)){1,8}$/

const KIND =
  /示范|试点|精品|美丽|特色|重点|中心|达标|先进|文明|贫困|产业|功能|集聚|聚集|园区|景区|社区|小区|生态|创新|试验|商业|建制|优质|种植|养殖|地区|保护/

/** Whether words are the name of one place and nothing else: 青石镇, 云江高新区, 城东街道办事处. Not 各县区, 两县, 社区, 市场. */
export const isPlaceName = (words: string): boolean =>
  NAMED.test(words) && !NAMELESS.test(words) && !NO_NAMES.has(words)

/** Whether a place is named as one of its kind: 示范镇, 产业园区, 社区. These are counted where others have a share. */
export const isKindOfPlace = (words: string): boolean => KIND.test(words)

/** Whether words speak of places in general, as those who answer are told: 各县市区, 各市(州), 园区, 各乡镇. */
export const arePlacesInGeneral = (words: string): boolean => IN_GENERAL.test(words)

/** The place that words begin with, named or not, up to its first level: **云江区**空气优良率; empty where they begin with none. */
export const openingPlace = (words: string): string => OPENING.exec(words)?.[0] ?? ''

/** Whether words end as a place of any kind does, named or not: 平原地区, 云江流域, 各乡镇, 社区. */
export const endsInPlace = (words: string): boolean => ENDS_IN_PLACE.test(words)
