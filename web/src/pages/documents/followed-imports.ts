/**
 * The imports that this browser follows, by their numbers: who leaves the page, or closes the browser, finds them again.
 * They stay until they are put away.
 */
const KEY = 'zhengbiao.imports.followed'
/** More are not asked about at once. */
const MOST = 50

/** The newest ones. Unreadable storage counts as empty. */
export function followedImports(): number[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? stored.filter((id): id is number => Number.isInteger(id) && id > 0).slice(-MOST) : []
  } catch {
    return []
  }
}

export function followImport(id: number): void {
  if (id > 0 && !followedImports().includes(id)) keep([...followedImports(), id])
}

export const leaveImports = (ids: readonly number[]): void => keep(followedImports().filter((id) => !ids.includes(id)))

function keep(ids: readonly number[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(ids))
  } catch {
    /* storage full or forbidden: they are followed as long as the page is open */
  }
}
