import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { HEAD_STEP_TITLES } from '../../db/domain/document-heads.ts'
import { INSTRUCTION_STEPS } from '../../db/domain/instructions.ts'
import { STEPS } from '../../db/domain/lifecycle.ts'
import { actionWords, ENTITY_WORDS } from '../../web/src/pages/system/audit-words.ts'

const SERVER = join(import.meta.dirname, '../../server')
/** What stands for the step in an action that is put together from one. */
const STEPS_OF: Record<string, readonly string[]> = {
  target: Object.keys(STEPS),
  document: Object.keys(HEAD_STEP_TITLES),
  instruction: INSTRUCTION_STEPS,
}

interface Deeds {
  actions: Set<string>
  entities: Set<string>
  /** First parts of actions that are put together. */
  prefixes: Set<string>
}

/** Both ends of a condition, or the expression itself. */
const ends = (node: ts.Expression | undefined): ts.Expression[] =>
  node === undefined
    ? []
    : ts.isConditionalExpression(node)
      ? [...ends(node.whenTrue), ...ends(node.whenFalse)]
      : [node]

const sources = readdirSync(SERVER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ts.createSourceFile(name, readFileSync(join(SERVER, name), 'utf8'), ts.ScriptTarget.Latest, true))

function visit(each: (node: ts.Node) => void) {
  const into = (node: ts.Node) => {
    each(node)
    ts.forEachChild(node, into)
  }
  sources.forEach(into)
}

/** Every deed that the server writes into the trail, as its source says. */
function readDeeds(): Deeds {
  const deeds: Deeds = { actions: new Set(), entities: new Set(), prefixes: new Set() }
  const add = (expression: ts.Expression | undefined) => {
    for (const end of ends(expression)) {
      if (ts.isStringLiteral(end)) deeds.actions.add(end.text)
      if (ts.isTemplateExpression(end)) deeds.prefixes.add(end.head.text.replace(/\.$/, ''))
    }
  }
  // Functions that hand an action on, with its place among what they are given: appendAudit is one of them.
  const takers = new Map<string, number>()
  visit((node) => {
    if (!ts.isFunctionDeclaration(node) || !node.name) return
    const at = node.parameters.findIndex(({ name }) => name.getText() === 'action')
    if (at < 0) return
    takers.set(node.name.text, at)
    add(node.parameters[at]!.initializer)
  })
  visit((node) => {
    if (!ts.isCallExpression(node)) return
    const called = node.expression.getText()
    const at = takers.get(called)
    if (at !== undefined) add(node.arguments[at])
    if (called === 'appendAudit')
      for (const end of ends(node.arguments[3])) deeds.entities.add(ts.isStringLiteral(end) ? end.text : end.getText())
  })
  return deeds
}

describe('the words of the trail', () => {
  const { actions, entities, prefixes } = readDeeds()
  const all = [
    ...actions,
    ...[...prefixes].flatMap((prefix) => (STEPS_OF[prefix] ?? ['?']).map((step) => `${prefix}.${step}`)),
  ]

  it('are there for every action that the server writes', () => {
    expect(all.length).toBeGreaterThan(80)
    expect(all).toEqual(
      expect.arrayContaining(['user.reset', 'order.approve', 'bulletin.refresh', 'instruction.again']),
    )
    expect([...new Set(all)].filter((action) => !/\p{Script=Han}/u.test(actionWords(action)))).toEqual([])
  })

  it('are there for everything that a record is about', () => {
    expect(entities.size).toBeGreaterThan(15)
    expect([...entities].filter((entity) => !(entity in ENTITY_WORDS))).toEqual([])
  })
})
