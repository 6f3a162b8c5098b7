import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

vi.stubGlobal('window', { location: { origin: 'http://localhost', pathname: '/' } })
const { guardedFetch, watchConnection } = await import('../../web/src/api/guarded-fetch.ts')

describe('a call of a page to a busy server', () => {
  const answers: Response[] = []
  const fetched = vi.fn<(request: Request) => Promise<Response>>(async () => answers.shift()!)
  const busy = (seconds: string | null) =>
    new Response('{}', { status: 503, headers: seconds === null ? {} : { 'retry-after': seconds } })
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('fetch', fetched.mockClear())
    answers.length = 0
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  const call = (method = 'GET', signal?: AbortSignal) =>
    guardedFetch(new Request('http://localhost/api/targets', { method, ...(signal && { signal }) }))

  it('is made once more after the time that the server names, and no more than once', async () => {
    answers.push(busy('5'), busy('5'))
    const answer = call()
    await vi.advanceTimersByTimeAsync(4_900)
    expect(fetched).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(200)
    expect((await answer).status).toBe(503)
    expect(fetched).toHaveBeenCalledTimes(2)
  })

  it.each([
    ['writes', 'POST', '5'],
    ['is to wait long', 'GET', '30'],
    ['is not told how long', 'GET', null],
  ])('is not made again where it %s', async (_what, method, seconds) => {
    answers.push(busy(seconds))
    expect((await call(method)).status).toBe(503)
    expect(fetched).toHaveBeenCalledTimes(1)
  })

  it('ends at once where the page is left meanwhile', async () => {
    const left = new AbortController()
    answers.push(busy('5'))
    const answer = call('GET', left.signal)
    const ended = expect(answer).rejects.toThrow()
    await vi.advanceTimersByTimeAsync(100)
    left.abort()
    await ended
    expect(fetched).toHaveBeenCalledTimes(1)
  })
})

describe('a call that changes something', () => {
  it.each([
    ['POST', 200, 1],
    ['DELETE', 204, 1],
    ['POST', 409, 0],
    ['GET', 200, 0],
  ])('%s answered with %d is told of %d times', async (method, status, times) => {
    const onChange = vi.fn()
    watchConnection({ renew: () => Promise.resolve(false), onReach: () => undefined, onChange })
    vi.stubGlobal('fetch', async () => new Response(null, { status }))
    await guardedFetch(new Request('http://localhost/api/targets', { method }))
    expect(onChange).toHaveBeenCalledTimes(times)
  })
})
