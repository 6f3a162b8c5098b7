import { defineStore } from 'pinia'
import { ref, watchEffect } from 'vue'

const KEY = 'zhengbiao.appearance'
type Mode = 'light' | 'dark' | 'system'

/** Light or dark, as chosen or as the machine is set; and whether the server is reached. */
export const useAppearance = defineStore('appearance', () => {
  const stored = localStorage.getItem(KEY)
  const mode = ref<Mode>(stored === 'light' || stored === 'dark' ? stored : 'system')
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  const systemDark = ref(system.matches)
  system.addEventListener('change', (event) => {
    systemDark.value = event.matches
  })
  const dark = ref(false)
  const online = ref(true)

  watchEffect(() => {
    dark.value = mode.value === 'dark' || (mode.value === 'system' && systemDark.value)
    document.documentElement.classList.toggle('dark', dark.value)
    if (mode.value === 'system') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, mode.value)
  })

  // Paper is white: a page printed from dark mode is printed light.
  window.addEventListener('beforeprint', () => document.documentElement.classList.remove('dark'))
  window.addEventListener('afterprint', () => document.documentElement.classList.toggle('dark', dark.value))

  /** Light → dark → as the machine is set. */
  function next() {
    mode.value = mode.value === 'light' ? 'dark' : mode.value === 'dark' ? 'system' : 'light'
  }

  return { mode, dark, online, next }
})
