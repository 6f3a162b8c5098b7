/** Words this short are copied; longer ones would keep the whole text alive that they were cut from. */
const LONGEST = 12
/** So many answers are kept before all are forgotten. */
const MOST = 20_000

/** The same question, its answers kept for short words: the names of bodies come again and again. It must depend on the words alone. */
export function remembered(ask: (words: string) => boolean): (words: string) => boolean {
  const answers = new Map<string, boolean>()
  return (words) => {
    if (words.length > LONGEST) return ask(words)
    const known = answers.get(words)
    if (known !== undefined) return known
    const answer = ask(words)
    if (answers.size >= MOST) answers.clear()
    answers.set(words, answer)
    return answer
  }
}
