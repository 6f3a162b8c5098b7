import { defineStore } from 'pinia'
import { computed } from 'vue'
import { useKept } from '../composables/use-kept.ts'
import { isOpenedList, type Opened, withOpened } from '../domain/search-places.ts'
import { useSession } from './session.ts'

/** 最近打开: what this person opened in this browser, the newest first. Nobody else at the same machine gets to see it. */
export const useOpened = defineStore('opened', () => {
  const session = useSession()
  const kept = useKept<Record<string, Opened[]>>(
    'opened',
    {},
    (value): value is Record<string, Opened[]> =>
      typeof value === 'object' && value !== null && Object.values(value).every(isOpenedList),
  )
  const key = computed(() => String(session.me?.id ?? ''))
  const list = computed(() => kept.value[key.value] ?? [])
  function add(one: Opened) {
    if (key.value !== '') kept.value = { ...kept.value, [key.value]: withOpened(list.value, one) }
  }
  return { list, add }
})
