import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Role } from '../../../db/domain/roles.ts'
import { fetchTargets } from '../api/calls.ts'
import { fetchInstructionCounts } from '../api/instruction-calls.ts'
import { fetchProposals, fetchTasks, fetchToday, type Tasks, type Today } from '../api/office-calls.ts'
import { sharedCall } from '../api/shared-call.ts'
import type { Page, TargetRow } from '../api/types.ts'

/** Targets whose next step is the office's own, by the list of 督查 that shows them; any of its people may take it. */
export const WAITING_TARGETS = {
  assign: { state: 'confirmed', scope: 'all', sort: 'document' },
  meet: { state: 'in_progress,returned', light: 'done', scope: 'all', sort: 'deadline' },
} as const
/** 待销号, by whoever was not the one to make it 办结. */
export const MET_TARGETS = { state: 'met', scope: 'all', sort: 'deadline' } as const
type WaitingTargets = Record<keyof typeof WAITING_TARGETS, Page<TargetRow>>
/** What stands on 今日待办. */
interface Waiting {
  lists: Today
  targets: WaitingTargets
}
/** How many targets of a list 今日待办 names; the server names as many of each of its own lists. */
const NAMED = 5

/** How often the badges are asked for at most while pages are only looked at, in milliseconds. */
const EVERY_MS = 20_000
/** How long after the last change they are asked for anew: who decides one after the other waits for nothing. */
const AFTER_CHANGE_MS = 800

/** Sections of 我的任务 that remind of targets; every other one is something that the unit has to do. */
const REMINDERS: readonly string[] = ['overdue', 'dueSoon'] satisfies (keyof Tasks['totals'])[]
/** How many things the unit has to do. */
export const dutiesOf = (totals: Tasks['totals']): number =>
  Object.entries(totals).reduce((sum, [key, total]) => sum + (REMINDERS.includes(key) ? 0 : total), 0)

/** What the badges and a page ask at the same time. */
export const sharedTasks = sharedCall(() => fetchTasks())
export const sharedInstructionCounts = sharedCall(() => fetchInstructionCounts())

/** What waits for the person, for 今日待办 and 我的任务 and for the badges of the navigation. */
export const useWaiting = defineStore('waiting', () => {
  const office = shallowRef<Waiting | null>(null)
  const candidates = ref(0)
  const duties = ref(0)
  const approvals = ref(0)
  const instructions = ref(0)
  let askedAt = 0

  const appeals = computed(() => office.value?.lists.appeals.total ?? 0)
  /**
   * What the person is to do on the page 督查, by its lists: an answered 督办单 waits for the office, an open one for its unit, and
   * what the person asked for or made 办结 for a colleague.
   */
  const due = computed<Record<string, number>>(() => {
    if (office.value === null) return { proposals: approvals.value, instructions: instructions.value }
    const { lists, targets } = office.value
    const { appeals: _elsewhere, answers, ...own } = lists
    return Object.fromEntries(
      Object.entries({ ...own, orders: answers, ...targets }).map(([key, { total }]) => [key, total ?? 0]),
    )
  })
  /** What of these lists waits for somebody else. */
  const leftToOthers = computed<Record<string, number>>(() =>
    Object.fromEntries(
      Object.entries(office.value?.lists ?? {}).map(([key, list]) => [key, 'others' in list ? list.others : 0]),
    ),
  )
  const dueTotal = computed(() => Object.values(due.value).reduce((sum, one) => sum + one, 0))
  /** Everything on 今日待办. */
  const total = computed(() => dueTotal.value + appeals.value)
  /** By the page where it is done. */
  const badges = computed<Record<string, number>>(() => ({
    '/today': total.value,
    '/tasks': duties.value,
    '/supervision': dueTotal.value,
    '/review': candidates.value,
    '/bulletins': appeals.value,
  }))

  const sharedOffice = sharedCall(async (): Promise<Waiting> => {
    const of = (list: keyof WaitingTargets) => fetchTargets({ ...WAITING_TARGETS[list], limit: NAMED })
    const [lists, assign, meet] = await Promise.all([fetchToday(), of('assign'), of('meet')])
    return { lists, targets: { assign, meet } }
  })
  /** The lists of 今日待办. Throws where the server cannot be reached; the badges keep their number. */
  async function refreshOffice(): Promise<Waiting> {
    return (office.value = await sharedOffice.ask())
  }

  let counted: Role | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Somebody has changed something on this page, whatever it was: soon the badges say how things stand now. */
  function changed() {
    askedAt = 0
    sharedOffice.outdate()
    sharedTasks.outdate()
    sharedInstructionCounts.outdate()
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (counted !== null) void refresh(counted).catch(() => undefined)
    }, AFTER_CHANGE_MS)
  }

  /** Asks again what the role has badges for; not more often than every 20 seconds unless something has {@link changed}. */
  async function refresh(role: Role | null): Promise<void> {
    counted = role
    if (Date.now() - askedAt < EVERY_MS) return
    askedAt = Date.now()
    if (role === 'supervisor') {
      office.value = await sharedOffice.askBeside()
      candidates.value = (await fetchTargets({ state: 'extracted', scope: 'all', limit: 1 })).total ?? 0
    } else if (role === 'reporter') duties.value = dutiesOf((await sharedTasks.askBeside()).totals)
    else if (role === 'leader') {
      const [{ needsApproval, items }, { mine }] = await Promise.all([
        fetchProposals({ limit: 100 }),
        sharedInstructionCounts.askBeside(),
      ])
      instructions.value = mine
      approvals.value = needsApproval ? items.filter(({ approvedAt }) => approvedAt === null).length : 0
    }
  }
  /** Another person at the same window has other badges. */
  function forget() {
    askedAt = 0
    counted = null
    clearTimeout(timer)
    sharedOffice.outdate()
    sharedTasks.outdate()
    sharedInstructionCounts.outdate()
    office.value = null
    candidates.value = duties.value = approvals.value = instructions.value = 0
  }
  return { office, total, candidates, badges, due, leftToOthers, duties, refresh, changed, refreshOffice, forget }
})
