/**
 * What a document is about, as lists call it: of 某市人民政府办公室关于印发某市交通项目计划的通知 the plan itself, of other
 * titles what stands from 关于 on. The whole title belongs beside it where there is room.
 */
export function documentShort(title: string): string {
  const issued = /关于(?:印发|转发|批转)[《〈]?(.{4,}?)[》〉]?的通知$/u.exec(title)?.[1]
  if (issued !== undefined) return issued
  const about = title.search(/关于/u)
  return about > 0 ? title.slice(about) : title
}
