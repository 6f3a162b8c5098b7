import { DEFAULT_SETTINGS } from '../rules/settings.ts'

/** Seconds of a processor that reading a file may take, and those it may take more for each megabyte: 60 for 50 MB. */
const SECONDS = 20
const SECONDS_PER_MEGABYTE = 0.8

/** What reading and extracting a file of so many bytes may take. */
export const limitsOf = (
  bytes: number,
  megabytes = DEFAULT_SETTINGS.imports.memoryMegabytes,
): { megabytes: number; seconds: number } => ({
  megabytes,
  seconds: SECONDS + (bytes / 1024 / 1024) * SECONDS_PER_MEGABYTE,
})
