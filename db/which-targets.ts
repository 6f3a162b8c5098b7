/** Which targets are asked for: some by their numbers, or all between two numbers (both inclusive). */
export type WhichTargets = readonly number[] | { first: number; last: number }

export const ALL_TARGETS: WhichTargets = { first: 0, last: Number.MAX_SAFE_INTEGER }

export const isBetween = (which: WhichTargets): which is { first: number; last: number } => !Array.isArray(which)
