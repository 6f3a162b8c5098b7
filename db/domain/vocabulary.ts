/**
 * A vocabulary is one table from the ids that are stored and sent to the words that offices read, in the order in which
 * they are listed. The union of ids, the enumeration of a column or schema and the titles of the pages are all made from it.
 */
export type Titles<Id extends string> = Readonly<Record<Id, string>>

/** The ids of a vocabulary in the order of its table, as a tuple that drizzle and zod take for an enumeration. */
export const idsOf = <Id extends string>(table: Readonly<Record<Id, unknown>>) => Object.keys(table) as [Id, ...Id[]]
