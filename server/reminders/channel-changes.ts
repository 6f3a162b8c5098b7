import type { Channel } from '../../db/domain/messages.ts'
import { invalid } from '../errors.ts'
import type { ChannelBody } from './channel-schemas.ts'
import type { ChannelSource, ChannelStore } from './channel-store.ts'
import type { Channels } from './channels.ts'

/** What may be shown of a channel; see `channelSchema`. */
interface ShownChannel {
  channel: Channel
  source: ChannelSource | null
  address: string | null
  tls: boolean | null
  username: string | null
  from: string | null
  hasSecret: boolean
}

/** A channel as the page shows it: never a password, a secret, or an address that holds one. */
export const shownChannel = (store: ChannelStore, channel: Channel): ShownChannel =>
  shownAs(store.current(), channel, store.sourceOf(channel))

/** The channel as the page would show it after `value` was written into the store; nothing is written. */
export function shownAfter<C extends Channel>(store: ChannelStore, channel: C, value: Channels[C]): ShownChannel {
  const next = value ?? store.inEnvironment(channel)
  const source = value !== null ? 'page' : next !== null ? 'environment' : null
  return shownAs({ ...store.current(), [channel]: next }, channel, source)
}

function shownAs({ mail, ...posted }: Channels, channel: Channel, source: ChannelSource | null): ShownChannel {
  const shown: ShownChannel = {
    channel,
    source,
    address: null,
    tls: null,
    username: null,
    from: null,
    hasSecret: false,
  }
  if (channel === 'mail')
    return mail === null
      ? shown
      : {
          ...shown,
          address: `${mail.host}:${mail.port}`,
          tls: mail.tls,
          username: mail.username,
          from: mail.from,
          hasSecret: mail.password !== null,
        }
  const one: { url: string; secret?: string | null } | null = posted[channel]
  return one === null ? shown : { ...shown, address: new URL(one.url).host, hasSecret: Boolean(one.secret) }
}

/**
 * The channel that a person describes, with what is stored in the place of secrets that were not typed again. A password
 * goes along only to the server for which it was given, and never with less encryption: otherwise whoever may change the
 * address could have it sent to themselves, or read it on its way. 400 where something is missing.
 */
export function channelOf(store: ChannelStore, body: ChannelBody): Channels[ChannelBody['channel']] {
  switch (body.channel) {
    case 'mail': {
      const { channel: _channel, password, ...mail } = body
      const old = store.stored('mail')
      const same =
        old?.host === mail.host && old.port === mail.port && old.username === mail.username && (mail.tls || !old.tls)
      if (mail.username !== null && password === undefined && !(same && old.password !== null))
        throw invalid([{ path: 'password', message: '改了服务器、端口、用户名或关闭加密的，请重新填写密码' }])
      return { ...mail, password: mail.username === null ? null : (password ?? old?.password ?? null) }
    }
    case 'dingtalk': {
      const old = store.stored('dingtalk')
      const url = body.url ?? old?.url
      if (url === undefined) throw missingUrl()
      const kept = body.url === undefined ? (old?.secret ?? null) : null
      return { url, secret: body.secret === undefined ? kept : body.secret }
    }
    case 'wecom': {
      const url = body.url ?? store.stored('wecom')?.url
      if (url === undefined) throw missingUrl()
      return { url }
    }
    case 'webhook': {
      const old = store.stored('webhook')
      const url = body.url ?? old?.url
      if (url === undefined) throw missingUrl()
      const secret = body.secret ?? (body.url === undefined ? old?.secret : undefined)
      if (secret === undefined) throw invalid([{ path: 'secret', message: '请填写签名密钥，至少 16 个字符' }])
      return { url, secret }
    }
  }
}

const missingUrl = () => invalid([{ path: 'url', message: '请填写接收地址' }])
