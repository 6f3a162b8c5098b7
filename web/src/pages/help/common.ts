import type { HelpSection } from './help-page.ts'

/** What everybody is told. */
export const COMMON: readonly HelpSection[] = [
  {
    id: 'search',
    title: '搜索',
    text: [
      '任何页面按 Ctrl K（苹果电脑按 ⌘K），或选择上方的搜索，写一两个词，空格分开。目标、文件、督办单、批示、单位、人员一起找，只找得到您能看的。督办单和文件可以按编号找，括号不用写。',
      '用上下键选择，Enter 打开，Esc 关闭。什么也不写，列出最近打开过的。',
    ],
  },
  {
    id: 'account',
    title: '密码和安全',
    text: [
      '右上角姓名下面可以修改密码、开启两步验证（手机上的验证器）、换深色界面。离开座位请退出登录。页面放久了要重新登录，填写的内容不会丢。',
      '任何页面按 ? 打开这份帮助。',
    ],
  },
]
