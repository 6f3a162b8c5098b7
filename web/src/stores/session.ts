import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { fetchMe, signIn, signOut } from '../api/calls.ts'
import { ApiProblem } from '../api/problem.ts'
import type { Me } from '../api/types.ts'

/** Who is signed in, and the wait for a new sign-in where a session ended under an open page. */
export const useSession = defineStore('session', () => {
  const me = ref<Me | null>(null)
  /** True while the sign-in dialog stands over the page. */
  const expired = ref(false)
  let waiting: ((again: boolean) => void)[] = []

  /** Asks the server once who this is; leaves `me` null where nobody is signed in. Throws where it cannot be reached. */
  async function load() {
    try {
      me.value = await fetchMe()
    } catch (error) {
      if (!(error instanceof ApiProblem && error.status === 401)) throw error
      me.value = null
    }
  }

  async function enter(username: string, password: string, code?: string) {
    me.value = await signIn(username, password, code)
  }

  async function leave() {
    await signOut()
    me.value = null
  }

  /** Called for a request that found no session: resolves when the person has signed in again or given up. */
  function renew(): Promise<boolean> {
    if (me.value === null) return Promise.resolve(false)
    expired.value = true
    return new Promise((resolve) => waiting.push(resolve))
  }

  /** Ends the wait. Somebody else at the same page gets a fresh page: the old one is not theirs to see. */
  async function resume(username: string, password: string, code?: string) {
    const before = me.value?.id
    await enter(username, password, code)
    if (before !== me.value?.id) return window.location.assign('/')
    finish(true)
  }

  function giveUp() {
    finish(false)
    me.value = null
  }

  function finish(again: boolean) {
    expired.value = false
    const callers = waiting
    waiting = []
    for (const resolve of callers) resolve(again)
  }

  const role = computed(() => me.value?.role ?? null)
  return { me, role, expired, load, enter, leave, renew, resume, giveUp }
})
