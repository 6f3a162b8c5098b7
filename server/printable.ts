/** What can stand in a text that people read and that goes into files: which characters are none of it. */

// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u0008\v\f\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]/g
/** Marks that turn the direction of what follows: a name that ends in "gpj.exe" reads as one that ends in "exe.jpg". */
const DIRECTIONS = /[\u202A-\u202E\u2066-\u2069]/g
const LINE_BREAKS = /[\r\n\u2028\u2029]/

/** The text without signs that XML cannot hold and no screen shows; line breaks and tabs stay. */
export const printable = (text: string): string => text.replace(CONTROLS, '')

/** A name or the like: printable, on one line, in one direction. */
export const oneLine = (text: string): string => printable(text).replace(DIRECTIONS, '').replace(/\s+/g, ' ').trim()

/** Whether a text holds signs that {@link printable} would take out. */
export const hasControls = (text: string): boolean => printable(text) !== text

/** Whether a text would do as a name. */
export const isOneLine = (text: string): boolean =>
  !hasControls(text) && !LINE_BREAKS.test(text) && text.replace(DIRECTIONS, '') === text
