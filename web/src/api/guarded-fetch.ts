import { offline } from './problem.ts'

/** Says whether the person signed in again (true: send the request once more) or gave up. */
type Renew = () => Promise<boolean>

let renew: Renew = () => Promise.resolve(false)
let onReach: (reached: boolean) => void = () => undefined
let onChange: () => void = () => undefined

/** Set once by main.ts: what to do when the session has ended, when the server is or is not reached, and when a call has changed something. */
export function watchConnection(handlers: { renew: Renew; onReach: (reached: boolean) => void; onChange: () => void }) {
  renew = handlers.renew
  onReach = handlers.onReach
  onChange = handlers.onChange
}

/** The page where 两步验证 is set up. */
const SET_UP = '/second-factor'

async function reach(request: Request): Promise<Response> {
  try {
    const response = await fetch(request)
    onReach(true)
    if (response.ok && request.method !== 'GET') onChange()
    return response
  } catch (error) {
    if (request.signal.aborted) throw error
    onReach(false)
    throw offline()
  }
}

/** Longest that a page waits by itself for a server that is busy, in seconds. */
const MOST_PATIENCE = 10

/** After how many seconds a busy server wants to be asked again; null where it does not say, or a person had better decide. */
function busyFor(request: Request, response: Response): number | null {
  if (response.status !== 503 || request.method !== 'GET') return null
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return seconds <= MOST_PATIENCE ? seconds : null
}

/** Waits, or throws at once where the request is given up. */
const pause = (seconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const giveUp = () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', giveUp)
      resolve()
    }, seconds * 1000)
    signal.addEventListener('abort', giveUp, { once: true })
  })

/**
 * `fetch` for every call of the app: carries the header that guards against forged requests, tells the app when the
 * server cannot be reached, and when the session has ended waits for a new sign-in and then sends the request again,
 * so that nothing typed is lost. What only reads is asked for once more before anybody is told that the server is busy.
 */
export async function guardedFetch(request: Request): Promise<Response> {
  request.headers.set('x-requested-with', 'zhengbiao')
  const again = request.clone()
  let response = await reach(request)
  const busy = busyFor(request, response)
  if (busy !== null) {
    await pause(busy, request.signal)
    response = await reach(again.clone())
  }
  const isSignIn = /\/api\/(?:session|setup)/.test(new URL(request.url).pathname)
  // The setting has been switched on while the page was open.
  if (
    response.status === 403 &&
    window.location.pathname !== SET_UP &&
    (await codeOf(response)) === 'second-factor-setup-required'
  )
    window.location.assign(SET_UP)
  if (response.status !== 401 || isSignIn) return response
  return (await renew()) ? reach(again) : response
}

/** Code of a problem, without using up the answer. */
const codeOf = async (response: Response): Promise<unknown> =>
  (
    (await response
      .clone()
      .json()
      .catch(() => null)) as { code?: unknown } | null
  )?.code
