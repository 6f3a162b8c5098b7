/**
 * A sentence that others go on from ("…，请于…前报送"): without the mark it was ended by, so that no two marks meet.
 * @param text what somebody wrote, of any length
 */
export const withoutEnd = (text: string): string => text.trimEnd().replace(/[。．.；;，,、]+$/, '')

/** Several things by the first of them: `森林覆盖率等3项`; one alone is itself. */
export const andOthers = (first: string, count: number): string => (count > 1 ? `${first}等${count}项` : first)
