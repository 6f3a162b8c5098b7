/**
 * The key under which a unit's name is found again: half-width forms, no blanks, no brackets or quotes, lower case.
 * `市 教育局（市委教育工委）` and `市教育局(市委教育工委)` have the same key.
 */
export function unitKey(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s()[\]{}<>《》〈〉【】〔〕“”‘’"'「」·•]/gu, '')
    .toLowerCase()
}
