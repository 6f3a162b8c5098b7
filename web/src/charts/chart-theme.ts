import { computed } from 'vue'
import { LIGHTS } from '../../../db/domain/lights.ts'
import { useAppearance } from '../stores/appearance.ts'

const NAMES = ['ink', 'ink-2', 'ink-3', 'line', 'line-strong', 'surface', 'surface-2', 'accent', ...LIGHTS] as const
type ChartColors = Record<(typeof NAMES)[number], string> & { font: string }

/** The page's colours as plain values, read anew when the mode changes. */
export function useChartColors() {
  const appearance = useAppearance()
  return computed<ChartColors>(() => {
    void appearance.dark
    const style = getComputedStyle(document.documentElement)
    const colors = Object.fromEntries(
      NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
    ) as ChartColors
    return { ...colors, font: style.getPropertyValue('--font-sans').trim() }
  })
}
