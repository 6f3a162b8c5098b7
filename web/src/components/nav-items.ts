import type { Role } from '../../../db/domain/roles.ts'

interface NavItem {
  path: string
  word: string
  /** Outline drawn in a 16 × 16 box. */
  icon: string
  roles?: readonly Role[]
}

/** Pages of the side navigation in the order of a working day. */
const NAV_ITEMS: readonly NavItem[] = [
  {
    path: '/today',
    word: '今日待办',
    icon: 'M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 1.8v3M10.5 1.8v3M5.6 10l1.8 1.6 3-3.2',
    roles: ['supervisor'],
  },
  { path: '/', word: '总览', icon: 'M2 13.5h12M3.5 11V7M8 11V3M12.5 11V5.5' },
  {
    path: '/tasks',
    word: '我的任务',
    icon: 'M6.5 4H14M6.5 8H14M6.5 12H14M2 3.8l1 1 1.6-2M2 7.8l1 1 1.6-2M2 11.8l1 1 1.6-2',
    roles: ['reporter'],
  },
  {
    path: '/supervision',
    word: '督查',
    icon: 'M8 1.8l5.2 2v4.1c0 3-2.1 5.2-5.2 6.3-3.1-1.1-5.2-3.3-5.2-6.3V3.8zM5.6 8l1.8 1.8 3.2-3.4',
    roles: ['supervisor', 'leader'],
  },
  { path: '/review', word: '校核', icon: 'M2 2.5h8M2 6h5M2 9.5h4M8 11.5l2 2 4-5', roles: ['supervisor'] },
  { path: '/targets', word: '目标台账', icon: 'M2 3.5h12M2 8h12M2 12.5h12M5.5 1.8v12.4' },
  { path: '/documents', word: '文件库', icon: 'M4 1.8h5.5L13 5.2v9H4zM9.2 1.8v3.6H13M6.5 8.5h4M6.5 11h4' },
  {
    path: '/calendar',
    word: '期限日历',
    icon: 'M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 1.8v3M10.5 1.8v3M5.5 9h1M9.5 9h1M5.5 11.3h1',
    roles: ['supervisor', 'reporter', 'leader'],
  },
  { path: '/bulletins', word: '通报', icon: 'M2.5 6.2v3.6h2.3l5.4 3V3.2l-5.4 3zM12.6 6a3 3 0 0 1 0 4M5 10l.8 3.6' },
  {
    path: '/system',
    word: '系统',
    icon: 'M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7M10.5 3v3M5.5 10v3',
    roles: ['admin', 'supervisor'],
  },
]

export const navFor = (role: Role | null) =>
  NAV_ITEMS.filter((item) => !item.roles || (role !== null && item.roles.includes(role)))
