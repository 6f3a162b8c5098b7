/**
 * Runs before `npm test`: the browser tests need the system's Chromium and a Chinese font. On Debian as root they are
 * installed; elsewhere one line says what is missing and the rest of the tests run (the browser tests skip themselves).
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findChromium } from './e2e/chromium.ts'

const hasChineseFont = () => {
  const list = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8', timeout: 60_000 })
  return list.status === 0 && list.stdout.trim() !== ''
}

const missing: string[] = []
if (!findChromium()) missing.push('chromium')
if (!hasChineseFont()) missing.push('fonts-noto-cjk', 'fontconfig')

if (missing.length > 0) {
  const canInstall = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
  try {
    if (!canInstall) throw new Error('no apt-get, or not root')
    console.log(`installing ${missing.join(', ')} for the browser tests …`)
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore', timeout: 300_000 })
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
      stdio: 'ignore',
      timeout: 600_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  } catch {
    console.log(`browser tests are skipped: install ${missing.join(', ')} to run them`)
  }
}
