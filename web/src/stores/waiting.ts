import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { fetchToday, type Today } from '../api/office-calls.ts'

/** What waits for the office (今日待办), for the page and for the badges of the navigation. */
export const useWaiting = defineStore('waiting', () => {
  const lists = shallowRef<Today | null>(null)
  const total = computed(() =>
    lists.value === null ? 0 : Object.values(lists.value).reduce((sum, list) => sum + list.total, 0),
  )

  /** Asks again. Throws where the server cannot be reached; the badges keep their number. */
  async function refresh(signal?: AbortSignal) {
    lists.value = await fetchToday(signal)
    return lists.value
  }
  return { lists, total, refresh }
})
