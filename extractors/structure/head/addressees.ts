import type { Paragraph } from '../paragraphs.ts'
import { labelOf } from '../labels.ts'

/** 各市、州人民政府,省直各部门: whom a document is sent to; how such a line begins and ends. */
const ADDRESSEE_BEGINS =
  /^(?:[各市省州县区驻在本全]|国务院|中央|有关|相关|[\u4e00-\u9fff]{2,8}(?:[省市县区州盟旗]|新区|科技城|管委会|开发区))/

const ADDRESSEE_ENDS =
  /(?:政府|部门|单位|委员会|机构|管委会|办事处|企业|公司|[局委办厅院校行镇处]|集团|部队|组织|街道)[)）]?:$/

export const isAddressees = (text: string): boolean =>
  text.length <= 300 &&
  text.endsWith(':') &&
  labelOf(text) === null &&
  (text.startsWith('各') || (ADDRESSEE_BEGINS.test(text) && ADDRESSEE_ENDS.test(text.slice(-8))))

/** The number or the addressees may stand below the title: the head ends with the last of them. */
export function withAddressees(paragraphs: readonly Paragraph[], last: number): number {
  for (let i = last + 1; i <= last + 2 && i < paragraphs.length; i++)
    if (isAddressees((paragraphs[i] as Paragraph).text)) return i
  return last
}
