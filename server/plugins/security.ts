import helmet, { type FastifyHelmetOptions } from '@fastify/helmet'
import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { Problem } from '../errors.ts'

interface SecurityOptions {
  https: boolean
  /** Answers 503 while the event loop is behind; off in tests, where other work shares the machine. */
  underPressure: boolean
}

/**
 * The event loop may be behind by so many milliseconds before everybody is turned away: the last resort, since reads are
 * answered by threads of their own and a person who sends too much is refused alone.
 */
const MAX_LOOP_DELAY_MS = 10_000

class Overloaded extends Problem {
  constructor() {
    super(503, 'overloaded', '系统繁忙', '系统正忙，请稍候再试。', { retryAfter: 5 })
  }
}

/**
 * Security headers and the guard against overload.
 * Everything comes from this server and no script stands in a page; only style attributes are allowed, because the
 * charts write their tooltips with them. Served by plain HTTP, as intranets do, the headers that only work over HTTPS are left out.
 */
export const securityPlugin = fp(
  async (app: FastifyInstance, options: SecurityOptions) => {
    const headers = await headersOf(helmetOptions(options.https))
    app.addHook('onRequest', (_request, { raw }, done) => {
      for (const [name, value] of headers) raw.setHeader(name, value)
      done()
    })
    if (options.underPressure) {
      await app.register(underPressure, { maxEventLoopDelay: MAX_LOOP_DELAY_MS, customError: Overloaded })
    }
  },
  { name: 'security' },
)

const helmetOptions = (https: boolean): FastifyHelmetOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: [`'self'`],
      scriptSrc: [`'self'`],
      styleSrc: [`'self'`],
      styleSrcAttr: [`'unsafe-inline'`],
      imgSrc: [`'self'`, 'data:', 'blob:'],
      fontSrc: [`'self'`],
      connectSrc: [`'self'`],
      workerSrc: [`'self'`],
      objectSrc: [`'none'`],
      baseUri: [`'none'`],
      formAction: [`'self'`],
      frameAncestors: [`'none'`],
    },
  },
  strictTransportSecurity: https ? { maxAge: 365 * 24 * 3600, includeSubDomains: false } : false,
  crossOriginOpenerPolicy: https,
  originAgentCluster: https,
  referrerPolicy: { policy: 'same-origin' },
  xFrameOptions: { action: 'deny' },
})

/**
 * The headers that helmet gives an answer. They are the same for every request, and put together anew for each they took
 * as long as a statement or two of its work: helmet is asked once.
 */
async function headersOf(options: FastifyHelmetOptions): Promise<[name: string, value: string][]> {
  const asked = Fastify()
  await asked.register(helmet, options)
  const given: [string, string][] = []
  asked.get('/', (_request, { raw }) => {
    for (const [name, value] of Object.entries(raw.getHeaders())) given.push([name, String(value)])
    return null
  })
  await asked.inject('/')
  await asked.close()
  return given
}
