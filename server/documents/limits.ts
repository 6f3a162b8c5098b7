import { SECONDS_PER_MEGABYTE } from '../readers/types.ts'
import { DEFAULT_SETTINGS } from '../rules/settings.ts'

/** Seconds of a processor that reading any file may take; with those for its size 60 for 50 MB. */
const SECONDS = 30

/** What reading and extracting a file of so many bytes may take; one that is packed asks for more while it is unpacked. */
export const limitsOf = (
  bytes: number,
  megabytes = DEFAULT_SETTINGS.imports.memoryMegabytes,
): { megabytes: number; seconds: number } => ({
  megabytes,
  seconds: SECONDS + (bytes / 1024 / 1024) * SECONDS_PER_MEGABYTE,
})
