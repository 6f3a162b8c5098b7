/**
 * The interface's terms: one word for one thing, everywhere that people read (pages, messages, refusals, papers), and what
 * must not stand in its place. tests/web/terms.test.ts keeps the pages to it. The vocabularies of states, lights, roles and
 * steps stand in db/domain; here stands what no vocabulary says.
 */
interface Term {
  /** The word to use. */
  word: string
  /** What it means. */
  means: string
  /** What is not said instead. */
  not: RegExp
}

export const TERMS: readonly Term[] = [
  { word: '您', means: 'the person who reads', not: /你/ },
  { word: '登录', means: 'to sign in', not: /登陆|登入/ },
  { word: '账号', means: 'what a person signs in with', not: /帐号|帐户|账户/ },
  { word: '用户名、人员', means: 'the name typed to sign in; the people themselves', not: /用户(?!名)/ },
  { word: '管理员', means: 'who keeps units, people and settings', not: /系统管理员|超级管理员/ },
  { word: '督查室', means: 'the supervision office', not: /督查办(?!理)|督办科/ },
  { word: '交办', means: 'giving a target to its units', not: /派发|下发|分派|下达/ },
  { word: '填报', means: 'the value and words that a unit reports', not: /上报|填写上报/ },
  { word: '退回', means: 'sending a report or a rectification back', not: /驳回|打回/ },
  { word: '佐证材料', means: 'files that show that something was done', not: /证据|证明文件/ },
  { word: '完成时限', means: 'the deadline of a target; 期限 in short', not: /完成期限|落实期限|截止日(?!期)/ },
  { word: '截至', means: 'up to and with a day', not: /截止到|截止至|截止今/ },
  { word: '数据截止日期', means: 'the day up to which reported data go', not: /(?<!统计)数据日期|统计截止/ },
  { word: '黄色督办单、红色督办单', means: 'a 督办单 by its colour', not: /黄单|红单|蓝单/ },
  { word: '总览', means: 'the page with the figures of all targets', not: /首页|主页|仪表盘|看板/ },
  { word: '这一项', means: 'a target, where it is pointed at', not: /档案/ },
  { word: '标为已读', means: 'the deed; 已读 is the state', not: /设为已读|标记已读/ },
  {
    word: '有误、无误',
    means: 'whether what was typed is right',
    not: /不对(?!应)|(?<!核)对的(?![\u4e00-\u9fff])|错的/,
  },
  { word: '选择', means: 'taking with the mouse or the keyboard', not: /点击|单击/ },
  { word: '不予立项', means: 'a candidate that becomes no target', not: /作废|废弃/ },
  { word: '合并', means: 'two candidates that are one', not: /归并|融合/ },
  { word: '即刻生效', means: 'from now on', not: /立即生效|立刻生效/ },
  { word: '系统', means: 'this program', not: /本平台|本软件|本程序/ },
  { word: '内容', means: 'what stands in a record, by its parts', not: /字段|属性值/ },
  { word: '未成功、未送达', means: 'something did not come about', not: /失败/ },
  { word: '正在…', means: 'work under way', not: /加载中|处理中|提交中|请稍候…|请稍等/ },
]
