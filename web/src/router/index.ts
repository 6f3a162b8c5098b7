import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from 'vue-router'
import type { Role } from '../../../db/domain/roles.ts'
import { useSession } from '../stores/session.ts'

declare module 'vue-router' {
  interface RouteMeta {
    title: string
    /** Reachable without a session. */
    open?: boolean
    /** Roles that have this page; absent for all. */
    roles?: readonly Role[]
    /** Without the frame of navigation. */
    bare?: boolean
  }
}

const routes: RouteRecordRaw[] = [
  {
    path: '/sign-in',
    component: () => import('../pages/sign-in.vue'),
    meta: { title: '登录', open: true, bare: true },
  },
  {
    path: '/setup/:token',
    component: () => import('../pages/set-up.vue'),
    meta: { title: '设置首位管理员', open: true, bare: true },
  },
  {
    path: '/welcome/:token',
    component: () => import('../pages/welcome.vue'),
    meta: { title: '首次登录', open: true, bare: true },
  },
  {
    path: '/signed-in',
    component: () => import('../pages/signed-in.vue'),
    meta: { title: '登录', open: true, bare: true },
  },
  { path: '/password', component: () => import('../pages/password.vue'), meta: { title: '修改密码' } },
  {
    path: '/second-factor',
    component: () => import('../pages/second-factor/second-factor.vue'),
    meta: { title: '两步验证' },
  },
  { path: '/', component: () => import('../pages/overview/overview.vue'), meta: { title: '总览' } },
  { path: '/wall', component: () => import('../pages/overview/wall.vue'), meta: { title: '总览大屏', bare: true } },
  { path: '/targets', component: () => import('../pages/ledger/ledger.vue'), meta: { title: '目标台账' } },
  { path: '/targets/:id(\\d+)', component: () => import('../pages/target/target.vue'), meta: { title: '目标' } },
  {
    path: '/review',
    component: () => import('../pages/review/review.vue'),
    meta: { title: '校核', roles: ['supervisor'] },
  },
  {
    path: '/assign',
    component: () => import('../pages/assign/assign.vue'),
    meta: { title: '批量交办', roles: ['supervisor'] },
  },
  {
    path: '/items/new',
    component: () => import('../pages/items/new-items.vue'),
    meta: { title: '新建事项', roles: ['supervisor'] },
  },
  { path: '/documents', component: () => import('../pages/documents/documents.vue'), meta: { title: '文件库' } },
  { path: '/documents/:id(\\d+)', component: () => import('../pages/reading/reading.vue'), meta: { title: '阅读室' } },
  {
    path: '/tasks',
    component: () => import('../pages/tasks/tasks.vue'),
    meta: { title: '我的任务', roles: ['reporter'] },
  },
  {
    path: '/targets/:id(\\d+)/report',
    component: () => import('../pages/tasks/report.vue'),
    meta: { title: '填报', roles: ['reporter'] },
  },
  {
    path: '/targets/:id(\\d+)/orders/:orderId(\\d+)',
    component: () => import('../pages/supervision/order-sheet.vue'),
    meta: { title: '督办单' },
  },
  {
    path: '/today',
    component: () => import('../pages/today/today.vue'),
    meta: { title: '今日待办', roles: ['supervisor'] },
  },
  {
    path: '/supervision',
    component: () => import('../pages/supervision/supervision.vue'),
    meta: { title: '督查', roles: ['supervisor', 'leader'] },
  },
  {
    path: '/instructions/:id(\\d+)',
    component: () => import('../pages/supervision/instruction.vue'),
    meta: { title: '批示' },
  },
  {
    path: '/calendar',
    component: () => import('../pages/calendar/calendar.vue'),
    meta: { title: '期限日历', roles: ['supervisor', 'reporter', 'leader'] },
  },
  { path: '/bulletins', component: () => import('../pages/bulletins/bulletins.vue'), meta: { title: '通报' } },
  { path: '/bulletins/:id(\\d+)', component: () => import('../pages/bulletins/bulletin.vue'), meta: { title: '通报' } },
  {
    path: '/notifications',
    component: () => import('../pages/notifications/notifications.vue'),
    meta: { title: '消息' },
  },
  {
    path: '/help/:role(supervisor|reporter|leader|admin)?',
    component: () => import('../pages/help/help.vue'),
    meta: { title: '使用帮助' },
  },
  {
    path: '/system',
    component: () => import('../pages/system/system.vue'),
    meta: { title: '系统', roles: ['admin', 'supervisor'] },
  },
  {
    path: '/intake/:kind(units|ledger)',
    component: () => import('../pages/intake/intake.vue'),
    meta: { title: '批量导入', roles: ['admin', 'supervisor'] },
  },
  {
    path: '/intake/:kind(people)',
    component: () => import('../pages/intake/intake.vue'),
    meta: { title: '导入人员', roles: ['admin'] },
  },
  { path: '/:rest(.*)*', component: () => import('../pages/not-found.vue'), meta: { title: '没有这个页面' } },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

/** Fetches the code of the page that the address names, while the session is still being asked for. */
export function fetchPageAhead() {
  const page = router.resolve(window.location.pathname).matched[0]?.components?.default
  if (typeof page === 'function') void (page as () => Promise<unknown>)().catch(() => undefined) // the navigation says what failed
}

/** The as-of date goes along from page to page; changing it on a page is left alone. */
const carriesAsOf = (to: RouteLocationNormalized, from: RouteLocationNormalized) =>
  to.path !== from.path && from.query.asOf !== undefined && to.query.asOf === undefined && !to.meta.open

/** Where a role begins its day, if not with the overview. */
const FIRST_PAGES: Partial<Record<Role, string>> = { reporter: '/tasks', supervisor: '/today' }
const ARRIVED = 'zhengbiao.arrived'
/** On the way in somebody has been sent to set a password or a second factor: they arrive after it. */
let isHeld = false
const HELD_AT = ['/password', '/second-factor']

/** Whether somebody has just signed in, or opens the address for the first time in this tab. */
function arrives(from: RouteLocationNormalized): boolean {
  const wasHeld = isHeld
  isHeld = false
  if (from.meta.open || wasHeld) return true // the sign-in, the first one with a link, the way back from the provider
  if (from.matched.length > 0 || sessionStorage.getItem(ARRIVED) !== null) return false
  sessionStorage.setItem(ARRIVED, '1')
  return true
}

router.beforeEach(async (to, from) => {
  const session = useSession()
  if (!to.meta.open && !session.me) {
    await session.load()
    if (!session.me) return { path: '/sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath } }
  }
  const held =
    session.me?.mustChangePassword && to.path !== '/password' && !to.meta.open
      ? '/password'
      : session.me?.mustSetUpSecondFactor && !HELD_AT.includes(to.path) && !to.meta.open
        ? '/second-factor'
        : null
  if (held !== null) {
    isHeld = true
    return { path: held, query: held === '/password' ? { to: to.fullPath } : {} }
  }
  if (to.meta.roles && session.role && !to.meta.roles.includes(session.role)) return { path: '/no-such-page' }
  // Departments and the office come to do what waits for them; the overview is one click away, and a reload stays on it.
  const firstPage = session.role === null ? undefined : FIRST_PAGES[session.role]
  const arriving = !HELD_AT.includes(to.path) && arrives(from)
  if (to.path === '/' && firstPage !== undefined && arriving) return { path: firstPage }
  if (carriesAsOf(to, from))
    return { ...to, query: { ...to.query, asOf: from.query.asOf }, replace: to.redirectedFrom !== undefined }
  return true
})

router.afterEach((to) => {
  document.title = `${to.meta.title} · 政标`
})
