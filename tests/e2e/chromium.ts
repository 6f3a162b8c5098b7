import { existsSync } from 'node:fs'

/** Path of the system's Chromium or Chrome (`CHROMIUM` in the environment wins), or null where there is none. */
export function findChromium(): string | null {
  const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  return places.find((path): path is string => !!path && existsSync(path)) ?? null
}

/** Flags for a run as root, in a container, without any request to the outside. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
