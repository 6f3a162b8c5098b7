/**
 * PDFs made with fonts in which a radical and the character share one glyph (Noto and Source Han among them) give the
 * radical when their text is taken out: ⼈⺠ for 人民. Nobody could search for that, so the characters are put back.
 */

/** Kangxi radicals: each has its character as compatibility decomposition (Unicode). */
const KANGXI = /[\u2f00-\u2fd5]/gu

/** CJK radicals that are whole characters; these have no decomposition, so they stand here in pairs. */
const SUPPLEMENT = new Map(
  [
    ...'⺠民⺟母⺧牛⺩王⺫目⺮竹⺶羊⻁虎⻄西⻅见⻆角⻇角⻉贝⻊足⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟'.matchAll(
      /(.)(.)/gu,
    ),
  ].map(([, radical, character]) => [radical ?? '', character ?? '']),
)

/** Others that share a glyph in fonts for simplified Chinese: a door whose decomposition is the traditional one, marks. */
const OTHERS = new Map(
  [...'⼾户㬵胶\u2329〈\u232A〉\u301C～'.matchAll(/(.)(.)/gu)].map(([, one, usual]) => [one ?? '', usual ?? '']),
)

/** The text with characters in place of radicals; its length does not change. */
export function withoutRadicals(text: string): string {
  return text
    .replace(/[⼾㬵\u2329\u232A\u301C]/gu, (c) => OTHERS.get(c) ?? c)
    .replace(KANGXI, (c) => c.normalize('NFKC'))
    .replace(/[\u2e80-\u2ef3]/gu, (c) => SUPPLEMENT.get(c) ?? c)
}
