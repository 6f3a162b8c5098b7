/** Scripts that run inside the measured page, as text: tsx would wrap their functions with names that the page does not know. */

export const ROW = '.body [role=row]'

/** Resolves with the milliseconds from the page's start to the frame that shows the first row. */
export const shownAfter = `new Promise((resolve) => {
  const look = () => {
    if (document.querySelector('${ROW}')) requestAnimationFrame(() => resolve(performance.now()))
    else requestAnimationFrame(look)
  }
  look()
})`

/**
 * Begins with the next input and resolves `window.benchShown` with the milliseconds until the frame after the one that
 * shows `sign`, or where that is empty other rows or another head than now.
 */
export const arm = (sign: string): string => `(() => {
  const text = () => (document.querySelector('.page-header')?.textContent ?? '') + '|' + (document.querySelector('${ROW}')?.textContent ?? '')
  const before = text()
  window.benchShown = new Promise((resolve) => {
    let start = 0
    const begin = (event) => { start ||= event.timeStamp }
    for (const type of ['click', 'input', 'bench']) addEventListener(type, begin, { capture: true, once: true })
    const look = () => {
      const shown = ${sign ? `document.querySelector(${JSON.stringify(sign)}) !== null` : `text() !== before && document.querySelector('${ROW}') !== null`}
      if (start > 0 && shown) requestAnimationFrame(() => resolve(performance.now() - start))
      else requestAnimationFrame(look)
    }
    look()
  })
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
