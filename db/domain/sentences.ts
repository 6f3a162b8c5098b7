/**
 * A sentence that others go on from ("…，请于…前报送"): without the mark it was ended by, so that no two marks meet.
 * @param text what somebody wrote, of any length
 */
export const withoutEnd = (text: string): string => text.trimEnd().replace(/[。．.；;，,、]+$/, '')
