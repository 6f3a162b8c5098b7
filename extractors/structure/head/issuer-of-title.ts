import { isOrganLine } from '../../text/marks.ts'

/** 云川市人民政府办公室关于…: whatever stands before what is done. */
const ISSUER =
  /^((?:中共|中国|国务院|[\u4e00-\u9fff]{2,24}?(?:政府|办公[厅室]|委员会|[委局厅部院行署]|领导小组|指挥部)).{0,60}?)(?=关于|印发|转发|批转|发布|公布|公告|通告|令)/

/** 云川市人民政府常务会议纪要, 云川市人民政府工作规则: minutes are of the body that met, its rules of itself. */
const MEETING =
  /^([\u4e00-\u9fff]{2,24}?(?:政府|委员会|办公[厅室]|指挥部|领导小组))(?=[\u4e00-\u9fff]{0,10}(?:(?:会议)?纪要|(?:工作|议事)规则)$)/

/** 2024年云川省政府工作报告. */
const WORK_REPORT =
  /^(?!.{0,20}(?:审议|听取|讨论|解读))(?:(?:19|20)\d\d年)?([\u4e00-\u9fff]{2,10}?[省市县区州盟旗镇乡])(?:人民)?政府工作报告/

/** 云川省农业农村厅等五部门关于…. */
const JOINT = /^[\u4e00-\u9fff]{2,24}等(?:[\d一二三四五六七八九十]{1,3}个?)?(?:部门|单位)(?=关于|印发|转发|公布)/

/** The first of several issuers that a title names for all: 国家发展改革委等部门. */
export const jointIssuerOf = (title: string): string | null => JOINT.exec(title)?.[0] ?? null

/** The bodies that a title begins with, null where it begins with the matter. */
export function issuerOf(title: string): string | null {
  const match = ISSUER.exec(title) ?? MEETING.exec(title)
  const report = WORK_REPORT.exec(title)?.[1]
  if (!match) return report ? `${report}人民政府` : null
  const issuer = match[1] as string
  return isOrganLine(issuer) ||
    /(?:政府|办公[厅室]|国务院|委员会|[委局厅部]|[局厅委部][\u4e00-\u9fff]{2,4}司)$/.test(issuer)
    ? issuer
    : null
}
