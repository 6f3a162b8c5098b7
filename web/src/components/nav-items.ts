import type { Role } from '../api/types.ts'

export interface NavItem {
  path: string
  word: string
  /** Outline drawn in a 16 × 16 box. */
  icon: string
  roles?: readonly Role[]
}

/** Pages of the side navigation in the order of a working day. */
export const NAV_ITEMS: readonly NavItem[] = [
  { path: '/', word: '总览', icon: 'M2 13.5h12M3.5 11V7M8 11V3M12.5 11V5.5' },
  { path: '/targets', word: '目标台账', icon: 'M2 3.5h12M2 8h12M2 12.5h12M5.5 1.8v12.4' },
  { path: '/documents', word: '文件库', icon: 'M4 1.8h5.5L13 5.2v9H4zM9.2 1.8v3.6H13M6.5 8.5h4M6.5 11h4' },
]

export const navFor = (role: Role | null) => NAV_ITEMS.filter((item) => !item.roles || (role !== null && item.roles.includes(role)))
