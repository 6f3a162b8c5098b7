/** What relative times are counted from. */
export interface TimeBase {
  /** `YYYY-MM-DD`, null where the document states none. */
  issuedOn: string | null
  /** Year that 年底前, 6月底前 and 上半年 belong to: the one named last, else the document's. */
  year: number | null
  /** Last day of the plan that the document is: 五年内 in a five-year plan means the plan. Null or absent where it is none. */
  planEnd?: string | null
  /** Last day of a five-year plan that the document speaks of. Null or absent where it speaks of none. */
  planNamed?: string | null
}

/** A time without the words around it. */
export interface TimeCore {
  end: number
  first: string
  last: string
  relative: boolean
  rule: string
  /** Its own words make it a limit (三年内, 年底前) or a span (“十三五”, 2019—2021年). */
  role: 'limit' | 'during'
}

/** First and last day of a year, half-year, quarter, month, third of a month or day. */
export interface Point {
  end: number
  first: string
  last: string
}
