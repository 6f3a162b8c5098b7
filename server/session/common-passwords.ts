let known: Promise<Set<string>> | null = null

/** Whether a password (in lower case) is among the ~49,000 that are tried first. The list is read when first needed. */
export async function isCommonPassword(lowerCase: string): Promise<boolean> {
  known ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary['passwords-common']))
  return (await known).has(lowerCase)
}
