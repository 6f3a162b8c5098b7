import { defineStore } from 'pinia'
import { ref } from 'vue'
import { fetchNotifications } from '../api/office-calls.ts'

/** How many messages nobody has read yet, for the bell; the page of messages sets it as they are read. */
export const useNotices = defineStore('notices', () => {
  const unread = ref(0)

  /** Asks again; a failure is told by the next page that asks for something. */
  async function refresh() {
    try {
      unread.value = (await fetchNotifications({ limit: 1, unread: 'true' })).unread
    } catch {
      /* the bell keeps its number */
    }
  }
  return { unread, refresh }
})
