import { withoutVerb } from '../frame.ts'
import { hasWordsBehind, type Source } from '../situation.ts'

/** 市属企业, 各类园区: whose books the measure before is taken from. */
const BODY = /^([^、,]{0,14}(?:企业|国企|公司|集团|银行|园区|开发区|合作社|医院|景区))的?(?=[^、,]{2,10}$)/
/** 利润总额, 成本费用率: a measure of books that says nothing of whose they are. */
const OF_BOOKS =
  /^(?:实现)?(?:净?利润(?:总额)?|利税(?:总额)?|营业(?:总)?收入|主营业务收入|资产(?:总额|负债率)|成本费用(?:率|总额)?|净资产收益率|研发(?:经费)?投入强度|全员劳动生产率|工业总产值|应?纳税额)$/

/** 「公益类企业营业收入增长8%，**利润总额**增长5%」: the body whose income the number before tells has the profit too. */
export const ownerOfBody: Source = (frame, { draft, previous }) => {
  if (previous === null || draft.fragment - previous.fragment > 1 || hasWordsBehind(draft)) return null
  const owner = OF_BOOKS.test(frame.name) ? BODY.exec(withoutVerb(previous.frame))?.[1] : undefined
  return owner === undefined ? null : { from: 'number-before', rule: 'body', slots: { owner }, doubt: 'name-shared' }
}
