import { defineStore } from 'pinia'
import { ref } from 'vue'
import { fetchNotifications } from '../api/office-calls.ts'

/** How many messages nobody has read yet, for the bell; the page of messages sets it as they are read. */
export const useNotices = defineStore('notices', () => {
  const unread = ref(0)

  /** Asks again. A failure is left out: the next page that asks for something shows it. */
  async function refresh() {
    try {
      unread.value = (await fetchNotifications({ limit: 1, unread: 'true' })).unread
    } catch {
      /* the bell keeps its number */
    }
  }
  return { unread, refresh }
})
