import type { Light } from '../../../db/domain/lights.ts'

/**
 * The colours of a light (styles/tokens.css) as `--light`, `--light-ink`, `--light-wash` and `--light-on` for the styles
 * of one element, so that no component lists the lights. None where a target has no light.
 */
export const lightColors = (light: Light | null): Record<string, string> =>
  light === null
    ? {}
    : Object.fromEntries(['', '-ink', '-wash', '-on'].map((part) => [`--light${part}`, `var(--${light}${part})`]))
