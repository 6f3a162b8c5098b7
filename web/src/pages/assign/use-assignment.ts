import { computed, ref, type Ref, watch } from 'vue'
import { likelyRollUp } from '../../../../db/domain/breakdown.ts'
import { fetchPeople, fetchUnits, type Unit } from '../../api/office-calls.ts'
import { fetchUnitProposals } from '../../api/assign-calls.ts'
import type { TargetRow } from '../../api/types.ts'
import { itemOfTarget, type NamedUnit } from '../../components/steps/step-items.ts'
import { useLoad } from '../../composables/use-load.ts'
import { useTyped } from '../../composables/use-typed.ts'
import {
  type AssignedFields,
  fieldsOf,
  fittingFields,
  isReady,
  openProposals,
  registered,
  type Said,
  takenProposals,
  withUnits,
} from '../../domain/assignment.ts'
import { useSession } from '../../stores/session.ts'

/** One target of the list as it would be 交办. */
export interface Draft {
  row: TargetRow
  units: NamedUnit[]
  fields: AssignedFields | null
  proposed: ReturnType<typeof openProposals>
  ready: boolean
  /** Something of it was said here. */
  changed: boolean
}

/**
 * 交办 of many: what was said of each target on this page, kept in this window until it is 交办, and what the office knows of
 * units and people.
 */
export function useAssignment(rows: Ref<readonly TargetRow[]>) {
  const session = useSession()
  const { data: unitList, problem: noUnits, reload: reloadUnits } = useLoad(() => 0, fetchUnits)
  const { data: people } = useLoad(() => 0, fetchPeople)
  const ids = computed(() => rows.value.map(({ id }) => id))
  const { data: proposals } = useLoad(
    () => ids.value.join(),
    (signal) => fetchUnitProposals(ids.value, signal),
  )
  const { typed } = useTyped<{ said: Record<number, Said> }>('assign-many', { said: {} })
  const units = computed<readonly Unit[]>(() => unitList.value?.items ?? [])

  /** Every name that a unit bears. */
  const byName = ref(new Map<string, number>())
  watch(units, (list) => {
    const known = new Map(byName.value)
    for (const unit of list)
      for (const name of [unit.name, unit.shortName, ...unit.aliases.map((alias) => alias.name)])
        if (name) known.set(name, unit.id)
    byName.value = known
  })
  const resolved = (one: NamedUnit): NamedUnit => ({ ...one, unitId: one.unitId ?? byName.value.get(one.name) ?? null })
  const names = computed(() => new Map(units.value.map(({ id, name }) => [id, name])))
  function remember(name: string, unitId: number) {
    byName.value = new Map(byName.value).set(name, unitId)
    void reloadUnits()
  }

  /** Whether members of it would answer for the target. */
  const isGroup = ({ role, unitId }: NamedUnit): boolean =>
    role !== 'support' && units.value.some((unit) => unit.id === unitId && unit.memberIds.length > 0)

  const supervisorId = computed(() => (session.me?.role === 'supervisor' ? session.me.id : null))
  const drafts = computed<Draft[]>(() =>
    rows.value.map((row) => {
      const said = typed.value.said[row.id]
      const known = proposals.value?.get(row.id)
      const named = registered((said?.units ?? itemOfTarget(row).named ?? []).map(resolved), (id) =>
        names.value.get(id),
      )
      const likely = named.some(isGroup) ? likelyRollUp(row) : null
      return {
        row,
        units: named,
        fields: known ? fieldsOf(known.fields, said, supervisorId.value, likely) : null,
        proposed: openProposals(named, known?.units ?? []),
        ready: isReady(named),
        changed: said !== undefined,
      }
    }),
  )
  const unknown = computed(() =>
    unitList.value
      ? [
          ...new Set(
            drafts.value.flatMap((one) => one.units.filter(({ unitId }) => unitId === null).map(({ name }) => name)),
          ),
        ]
      : [],
  )

  function say(targetIds: Iterable<number>, change: (draft: Draft) => Said) {
    const byId = new Map(drafts.value.map((one) => [one.row.id, one]))
    const said = { ...typed.value.said }
    for (const id of targetIds) {
      const draft = byId.get(id)
      if (!draft) continue
      const { units: named, fields } = change(draft)
      said[id] = {
        ...said[id],
        ...(named ? { units: named } : {}),
        ...(fields ? { fields: { ...said[id]?.fields, ...fields } } : {}),
      }
    }
    typed.value.said = said
  }
  /** What was said of these is done with. */
  function forget(targetIds: Iterable<number>) {
    const said = { ...typed.value.said }
    for (const id of targetIds) delete said[id]
    typed.value.said = said
  }

  return {
    noUnits,
    reloadUnits,
    units,
    people: computed(() => people.value?.items ?? []),
    drafts,
    unknown,
    remember,
    forget,
    setUnits: (id: number, next: NamedUnit[]) => say([id], () => ({ units: next })),
    /** @param how the units take the place of those that are there, or come beside them */
    setMany: (
      targetIds: Iterable<number>,
      change: { units: readonly NamedUnit[]; how: 'replace' | 'add'; fields: Partial<AssignedFields> },
    ) =>
      say(targetIds, (draft) => ({
        fields: fittingFields(change.fields, draft.row.value),
        ...(change.units.length === 0
          ? {}
          : { units: change.how === 'replace' ? [...change.units] : withUnits(draft.units, change.units) }),
      })),
    /** Takes what is proposed for those that have nobody who answers. */
    takeProposed: (targetIds: Iterable<number>) =>
      say(targetIds, (draft) => {
        const taken = takenProposals(draft.units, draft.proposed)
        return taken === null ? {} : { units: taken }
      }),
    canTake: (draft: Draft) => takenProposals(draft.units, draft.proposed) !== null,
  }
}
