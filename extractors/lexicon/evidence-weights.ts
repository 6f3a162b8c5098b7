/**
 * What speaks for a number being a promise and what against it, and how much. A number is kept where the sum reaches
 * {@link KEEP_FROM}. A cue at or below {@link CERTAIN} needs no sum: the number is out at once.
 */

/** Least sum of a number that is kept. */
export const KEEP_FROM = 2
/** From here down a cue decides alone. */
export const CERTAIN = -9

/** What speaks for a promise. */
export const FOR = {
  /** A time in the same sentence that lies ahead. */
  deadline: 2,
  /** A time that governs the sentence from a lead-in, a heading, a row. */
  governed: 1.5,
  /** The document's own period: 2021年…要点. */
  document: 0.5,
  /** A heading of goals or tasks above. */
  goal: 1,
  /** 达到, 不低于, 以上. */
  comparator: 1,
  /** Its name ends with a noun of measure: …率, …面积. */
  indicator: 1,
  /** A verb of delivery: 建成, 培育. */
  verb: 2,
  /** Growth, reduction, multiple. */
  change: 1,
  /** A state that a plan provides for, a part of what is promised, a share with a subject. */
  state: 2,
  /** 90%的…: a share of something that does something. */
  share: 1,
  /** So much in every year. */
  yearly: 1,
  /** Its clause has a responsibility tag. */
  tag: 1,
  /** 力争, 确保, 要, 达到 in its part. */
  modal: 1,
  /** A share with 力争, 确保, 实现, 达到. */
  firm: 1,
  /** In a plan: a change, a yearly amount, or a number beside others that are promised. */
  planned: 1.5,
} as const

/** What speaks against it. */
export const AGAINST = {
  /** The document lays down rules (办法, 规定). */
  regulation: -2.5,
  /** No verb, comparator, measure or state says what is reached, and no date governs it. */
  'nothing-stated': -1.5,
  /** A word of payments, prizes, fees beside an amount of money or a share. */
  'rule-word': -9,
  /** The same beside a count of people or things. */
  'rule-word-beside-count': -9,
  /** The same beside a span of time or a change of points: 抵押登记时间压缩至3日. */
  'rule-word-beside-time': -1,
  penalty: -9,
  condition: -9,
  addressed: -9,
  'worked-on': -9,
  'according-to': -9,
  requirement: -9,
  where: -9,
  'paid-each': -9,
  'named-count': -9,
  'count-of-named': -3.5,
  'of-a-document': -9,
  reckoned: -9,
  'limit-of-payment': -9,
  'what-it-costs': -9,
  conduct: -9,
  definition: -9,
  description: -9,
  reported: -9,
  regulated: -9,
  consequence: -9,
  'limit-of-benefit': -9,
  'past-opening': -9,
  'past-goes-on': -9,
  'past-word': -9,
  forecast: -9,
  'past-time': -9,
  'past-section': -9,
} as const

export type CueFor = keyof typeof FOR
export type CueAgainst = keyof typeof AGAINST

/**
 * What a number that is no promise says instead, as the sentence around it must know: how things were (`past`), will be by
 * themselves (`forecast`), have been told (`report`), are (`description`), are to be measured by (`baseline`), or what holds
 * whenever a case arises (`general`).
 */
export type Says = 'past' | 'forecast' | 'report' | 'description' | 'baseline' | 'general'

/** What a cue against a promise makes of the number; the others say nothing of the sentence. */
export const SAYS: Readonly<Partial<Record<CueAgainst, Says>>> = {
  'past-opening': 'past',
  'past-goes-on': 'past',
  'past-word': 'past',
  'past-time': 'past',
  'past-section': 'past',
  forecast: 'forecast',
  reported: 'report',
  description: 'description',
  conduct: 'general',
  definition: 'general',
  consequence: 'general',
}
