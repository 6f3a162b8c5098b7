/** Width in pixels of the column with the numbers of the rows, which stays at the left. */
export const NUMBERS = 44

/** A half-width character, and the room beside the words of a cell, in pixels. */
const [CHARACTER, ROOM] = [7.2, 22]

/** Width in pixels of a column that is so many half-width characters wide. */
export const columnWidth = (characters: number): number => Math.ceil(characters * CHARACTER) + ROOM
