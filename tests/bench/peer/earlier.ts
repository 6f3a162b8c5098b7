import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url))
/** Where other programs and other versions are installed: git and every check leave the folder out. */
const INSTALLED = join(PROJECT, 'data', 'peer')

/**
 * An earlier version of this project as it was committed, with the packages of that day, in a folder of its own. Taken from
 * the history and installed once (some hundred packages from the registry that npm is set to), then found there.
 * @param commit all 40 digits
 * @returns its folder
 * @throws {Error} that says what is missing: the history, or the packages
 */
export function earlierVersion(commit: string): string {
  const folder = join(INSTALLED, commit)
  if (existsSync(folder)) return folder
  mkdirSync(INSTALLED, { recursive: true })
  // What was broken off half-way is never taken for whole.
  const draft = mkdtempSync(join(INSTALLED, 'draft-'))
  try {
    checkOut(commit, draft)
    install(draft)
    renameSync(draft, folder)
    return folder
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Puts the files of a commit into a folder. Git itself remembers nothing of it, as it would of a worktree. */
function checkOut(commit: string, folder: string): void {
  try {
    execFileSync('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: PROJECT, stdio: 'ignore' })
  } catch {
    throw new Error(
      `the version of commit ${commit.slice(0, 8)} is not here: this needs git and a clone with its whole history (git fetch --unshallow)`,
    )
  }
  const archive = join(folder, 'files.tar')
  execFileSync('git', ['archive', '--output', archive, commit], { cwd: PROJECT, stdio: 'inherit' })
  execFileSync('tar', ['-xf', archive, '-C', folder], { stdio: 'inherit' })
  rmSync(archive)
}

function install(folder: string): void {
  console.log('installing the packages of the earlier version')
  try {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' })
  } catch (error) {
    throw new Error('npm could not install the packages of the earlier version: is the registry within reach?', {
      cause: error,
    })
  }
}
