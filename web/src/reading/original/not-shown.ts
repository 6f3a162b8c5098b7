/** Why an original cannot be shown on the page; it can always be downloaded. */
type Reason = 'too-large' | 'unsupported' | 'encrypted' | 'broken'

export const REASON_WORDS: Record<Reason, string> = {
  'too-large': '这份原件较大，在页面里打开会很慢。',
  unsupported: '这台电脑的浏览器版本较旧，不能在页面里显示这份原件，请下载后用本机软件打开。',
  encrypted: '原件设有密码，不能在页面里显示，请下载后用本机软件打开。',
  broken: '原件的内容无法在页面里显示，请下载后用本机软件打开。',
}

/** An original that cannot be shown here. */
export class NotShown extends Error {
  override name = 'NotShown'
  constructor(readonly reason: Reason) {
    super(REASON_WORDS[reason])
  }
}
