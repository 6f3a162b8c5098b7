/** Scripts that run inside the measured page, as text: tsx would wrap their functions with names that the page does not know. */

export const ROW = '.body [role=row]'

/** Calls `done` after the frame that shows what `seen` finds; looks only when something changes, so that waiting is no work. */
const WHEN_SHOWN = `const whenShown = (seen, done) => {
  const observer = new MutationObserver(() => look())
  const look = () => {
    if (!seen()) return
    observer.disconnect()
    requestAnimationFrame(done)
  }
  observer.observe(document, { subtree: true, childList: true, characterData: true })
  look()
}`

/** Resolves with the milliseconds from the page's start to the frame that shows the first row. */
export const shownAfter = `new Promise((resolve) => {
  ${WHEN_SHOWN}
  whenShown(() => document.querySelector('${ROW}'), () => resolve(performance.now()))
})`

/**
 * Begins with the next input and resolves `window.benchShown` with the milliseconds until the frame that shows `sign`, or
 * where that is empty other rows or another head than now.
 */
export const arm = (sign: string): string => `(() => {
  ${WHEN_SHOWN}
  const text = () => (document.querySelector('.page-header')?.textContent ?? '') + '|' + (document.querySelector('${ROW}')?.textContent ?? '')
  const before = text()
  let start = 0
  for (const type of ['click', 'input', 'bench']) addEventListener(type, (event) => { start ||= event.timeStamp }, { capture: true, once: true })
  const seen = () => start > 0 && ${sign ? `document.querySelector(${JSON.stringify(sign)})` : `text() !== before && document.querySelector('${ROW}')`}
  window.benchShown = new Promise((resolve) => whenShown(seen, () => resolve(performance.now() - start)))
})()`

const SCROLLS = 60

/** Scrolls by two thirds of a screen each frame, over page after page, and counts frames in which a part of the table has no row. */
export const blankFrames = `new Promise((resolve) => {
  const table = document.querySelector('[role=table]')
  let blank = 0
  let turn = 0
  const look = () => {
    const box = table.getBoundingClientRect()
    const rows = [...table.querySelectorAll('${ROW}')].map((one) => one.getBoundingClientRect()).filter((one) => one.bottom > box.top + 40 && one.top < box.bottom - 8)
    const lowest = Math.max(0, ...rows.map((one) => one.bottom))
    const atEnd = table.scrollTop + table.clientHeight >= table.scrollHeight - 8
    if (rows.length === 0 || (!atEnd && lowest < box.bottom - 60)) blank += 1
    turn += 1
    if (turn >= ${SCROLLS}) return resolve(blank)
    table.scrollTop += table.clientHeight * 0.66
    requestAnimationFrame(() => requestAnimationFrame(look)) // after the frame in which the table has seen the scroll
  }
  look()
})`
