import { SECONDS_PER_MEGABYTE } from '../readers/types.ts'
import { DEFAULT_SETTINGS } from '../rules/settings.ts'

/** Seconds of a processor that reading any file may take; with those for its size 60 for 50 MB. */
const SECONDS = 30
/** Smaller files may be read beside a large one, in bytes. */
const SMALL = 2 * 1024 * 1024

/** What a process that reads a file of strangers may take of the machine. */
interface ReadingLimits {
  megabytes: number
  seconds: number
  small: boolean
}

/**
 * What reading a file of so many bytes may take, whichever way it came in; one that is packed asks for more time while it is
 * unpacked.
 * @param megabytes the setting 导入
 */
export const readingLimits = (bytes: number, megabytes = DEFAULT_SETTINGS.imports.memoryMegabytes): ReadingLimits => ({
  megabytes,
  seconds: SECONDS + (bytes / 1024 / 1024) * SECONDS_PER_MEGABYTE,
  small: bytes <= SMALL,
})
