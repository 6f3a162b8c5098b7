/** The instant so many seconds after `at` (before it where negative), as UTC ISO text with milliseconds. */
export const secondsAfter = (at: Date, seconds: number): string => new Date(at.getTime() + seconds * 1000).toISOString()
