/** One column of {@link ./data-table.vue}. */
export interface Column {
  key: string
  word: string
  /** A CSS grid track: `96px`, `minmax(240px, 3fr)`. */
  width: string
  /** The API's sort key; absent where the column cannot be sorted by. */
  sort?: string
  align?: 'right'
  /** Cannot be put away. */
  fixed?: boolean
  /** Not shown until chosen. */
  optional?: boolean
}

/** Sort key after a click on a column: ascending, then descending, then ascending again. */
export const nextSort = (column: Column, current: string | undefined) =>
  current === column.sort ? `-${column.sort}` : column.sort

export const sortState = (column: Column, current: string | undefined) =>
  column.sort === undefined || current === undefined
    ? undefined
    : current === column.sort
      ? 'ascending'
      : current === `-${column.sort}`
        ? 'descending'
        : 'none'
