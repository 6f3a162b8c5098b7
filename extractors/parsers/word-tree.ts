/**
 * Words to be found at a place in a text, the longest first. Looking up costs as many steps as the word has
 * characters, however many words the tree holds.
 */
export class WordTree<Value> {
  private readonly root: Node<Value> = { next: new Map(), value: undefined }

  /** Adds a word; a word added twice keeps its last value. */
  add(word: string, value: Value): void {
    let node = this.root
    for (const character of word) {
      let next = node.next.get(character)
      if (!next) node.next.set(character, (next = { next: new Map(), value: undefined }))
      node = next
    }
    node.value = value
  }

  /** The longest word that begins at the offset, null where none does. */
  longest(text: string, at: number): { end: number; value: Value } | null {
    let node: Node<Value> | undefined = this.root
    let found: { end: number; value: Value } | null = null
    for (let i = at; i < text.length; i++) {
      node = node.next.get(text[i] as string)
      if (!node) break
      if (node.value !== undefined) found = { end: i + 1, value: node.value }
    }
    return found
  }
}

interface Node<Value> {
  next: Map<string, Node<Value>>
  value: Value | undefined
}
