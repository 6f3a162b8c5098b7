import { defineStore } from 'pinia'
import { ref } from 'vue'
import { fetchSettings } from '../api/system-calls.ts'
import { DEFAULT_THRESHOLDS, type Light, lightRule, type LightThresholds } from '../../../db/domain/lights.ts'

/** The thresholds of the lights as the administrator has set them; the defaults until they are known. */
export const useThresholds = defineStore('thresholds', () => {
  const limits = ref<LightThresholds>(DEFAULT_THRESHOLDS)
  async function load() {
    limits.value = (await fetchSettings()).lights.value
  }
  return { limits, load, ruleOf: (light: Light) => lightRule(light, limits.value) }
})
