import type { FastifyRequest } from 'fastify'
import { type DestinationStream, type Logger, pino } from 'pino'

/** Fields that are never written, wherever somebody logs such an object. */
const SECRETS = [
  'password',
  'current',
  'next',
  'passwordHash',
  'token',
  'cookie',
  'authorization',
  'oneTimePassword',
  'secret',
  'uri',
  'recoveryCodes',
]
const REDACT = SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`])

/** The address of a request without the token that stands in it. */
const withoutToken = (url: string): string => url.replace(/(\/(?:setup|feeds)\/)[^/?]+/, '$1***')

/** The program's log: JSON lines on stdout, without secrets, bodies or headers. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: { paths: [...REDACT, 'req.headers', 'res.headers'], censor: '***' },
    serializers: {
      req: (request: FastifyRequest) => ({ method: request.method, url: withoutToken(request.url), ip: request.ip }),
    },
  }
  return destination ? pino(options, destination) : pino(options)
}
