import { computed } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import { isDate } from '../../../db/domain/dates.ts'
import { today } from '../today.ts'

/** One value of the query; a key given twice counts once. */
export const first = (value: unknown): string | undefined => {
  const one: unknown = Array.isArray(value) ? value[0] : value
  return typeof one === 'string' && one !== '' ? one : undefined
}

/** The page's state lives in its address: read it from here, change it through here. */
export function useAddress() {
  const route = useRoute()
  const router = useRouter()

  const read = (key: string) => first(route.query[key])
  const readList = (key: string) => read(key)?.split(',').filter(Boolean) ?? []

  /** Changes some keys and keeps the rest; an empty value removes its key. `push` adds a step to the history. */
  function write(changes: Record<string, string | number | string[] | null | undefined>, push = false) {
    const query: LocationQueryRaw = { ...route.query }
    for (const [key, value] of Object.entries(changes)) {
      const text = Array.isArray(value) ? value.join(',') : value
      if (text === null || text === undefined || text === '') delete query[key]
      else query[key] = String(text)
    }
    return push ? router.push({ query }) : router.replace({ query })
  }

  return { route, router, read, readList, write }
}

/** The as-of date of the address; today where none is given. */
export function useAsOf() {
  const { read, write } = useAddress()
  const now = today()
  const given = computed(() => {
    const date = read('asOf')
    return isDate(date) ? date : undefined
  })
  const asOf = computed(() => given.value ?? now)
  const isToday = computed(() => asOf.value === now)
  const setAsOf = (date: string) => write({ asOf: date === now ? null : date }, true)
  return { asOf, given, isToday, now, setAsOf }
}
