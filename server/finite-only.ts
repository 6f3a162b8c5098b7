/** The same data with null in the place of NaN and Infinity; the same object where there are none. */
export function finiteOnly(data: unknown): unknown {
  if (typeof data === 'number') return Number.isFinite(data) ? data : null
  if (data === null || typeof data !== 'object') return data
  const entries = Object.entries(data)
  const mended = entries.map(([key, value]) => [key, finiteOnly(value)] as const)
  if (mended.every(([, value], i) => value === entries[i]![1])) return data
  return Array.isArray(data) ? mended.map(([, value]) => value) : Object.fromEntries(mended)
}
