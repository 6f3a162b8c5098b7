/**
 * Words to be found at a place in a text, the longest first. Looking up costs as many steps as the word has
 * characters, however many words the tree holds.
 */
export class WordTree<Value> {
  private readonly root: Node<Value> = { next: new Map(), value: undefined }

  /** Adds a word; a word added twice keeps its last value. */
  add(word: string, value: Value): void {
    let node = this.root
    for (let i = 0; i < word.length; i++) node = stepTo(node, word.charCodeAt(i))
    node.value = value
  }

  /** Adds a word to be found by its end, see {@link longestBefore}: a tree holds words of one kind only. */
  addEnd(word: string, value: Value): void {
    let node = this.root
    for (let i = word.length - 1; i >= 0; i--) node = stepTo(node, word.charCodeAt(i))
    node.value = value
  }

  /** The longest word that begins at the offset, null where none does. */
  longest(text: string, at: number): { end: number; value: Value } | null {
    let node: Node<Value> | undefined = this.root
    let found: { end: number; value: Value } | null = null
    for (let i = at; i < text.length; i++) {
      node = node.next.get(text.charCodeAt(i))
      if (!node) break
      if (node.value !== undefined) found = { end: i + 1, value: node.value }
    }
    return found
  }

  /** The longest word that ends at the offset and begins at `from` or behind it, null where none does. */
  longestBefore(text: string, at: number, from = 0): { start: number; value: Value } | null {
    let node: Node<Value> | undefined = this.root
    let found: { start: number; value: Value } | null = null
    for (let i = at - 1; i >= from; i--) {
      node = node.next.get(text.charCodeAt(i))
      if (!node) break
      if (node.value !== undefined) found = { start: i, value: node.value }
    }
    return found
  }
}

function stepTo<Value>(node: Node<Value>, code: number): Node<Value> {
  let next = node.next.get(code)
  if (!next) node.next.set(code, (next = { next: new Map(), value: undefined }))
  return next
}

interface Node<Value> {
  next: Map<number, Node<Value>>
  value: Value | undefined
}
