import { resolve } from 'node:path'
import { z } from 'zod'
import { type Channels, channelsFrom } from './reminders/channels.ts'
import type { ProviderOptions } from './session/provider.ts'

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** What the environment may set. An empty text counts as not set. */
const environment = z.object({
  PORT: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(0, 'must be 0 to 65535')
    .max(65_535, 'must be 0 to 65535')
    .default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('data'),
  LOG_LEVEL: z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`).default('info'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://zhengbiao.example.gov.cn' })
    .optional(),
  TRUST_PROXY: z.string().default('loopback'),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://id.example.gov.cn' })
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
})

export interface Config {
  port: number
  host: string
  /** Absolute path. */
  dataDir: string
  logLevel: (typeof LEVELS)[number]
  /** Address under which people reach the server, when it stands behind a proxy. */
  publicUrl: string | null
  https: boolean
  /** Proxies whose X-Forwarded-* headers are believed; only behind a proxy. */
  trustProxy: string[]
  /** 统一身份平台 (OpenID Connect); null where none is configured. */
  provider: ProviderOptions | null
  /** Mail server and robots for reminders; see channelsFrom. */
  channels: Channels
}

/** The environment is wrong; the message is one line for the person who started the program. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** Reads and checks the environment. Throws a {@link ConfigError} that names every wrong variable. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.keys(environment.shape).flatMap((key) => (env[key] ? [[key, env[key]]] : [])))
  const result = environment.safeParse(given)
  if (!result.success) {
    throw new ConfigError(
      result.error.issues
        .map((issue) => {
          const name = String(issue.path[0])
          return `${name} ${issue.message} (it is "${env[name]}")`
        })
        .join('; '),
    )
  }
  const { PORT, HOST, DATA_DIR, LOG_LEVEL, PUBLIC_URL, TRUST_PROXY } = result.data
  return {
    port: PORT,
    host: HOST,
    dataDir: resolve(DATA_DIR),
    logLevel: LOG_LEVEL,
    publicUrl: PUBLIC_URL?.replace(/\/$/, '') ?? null,
    https: PUBLIC_URL?.startsWith('https:') ?? false,
    trustProxy: PUBLIC_URL ? TRUST_PROXY.split(',').map((part) => part.trim()) : [],
    provider: providerFrom(result.data),
    channels: readChannels(env),
  }
}

/** The provider needs its address and our name there; the secret only where it has given us one. */
function providerFrom({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: clientId,
  OIDC_CLIENT_SECRET: clientSecret,
}: z.infer<typeof environment>): ProviderOptions | null {
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return null
  if (issuer === undefined || clientId === undefined)
    throw new ConfigError('OIDC_ISSUER and OIDC_CLIENT_ID must be set together')
  return { issuer, clientId, clientSecret: clientSecret ?? null }
}

function readChannels(env: Record<string, string | undefined>): Channels {
  try {
    return channelsFrom(env)
  } catch (error) {
    throw new ConfigError((error as Error).message)
  }
}
