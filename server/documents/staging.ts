import { UNIT_ROLES } from '../../db/domain/target-terms.ts'
import { clientOf } from '../../db/client.ts'
import type { Db } from '../../db/open.ts'
import { stageFindings, type StagedFindings } from '../../db/staged-findings.ts'
import type { DocumentFindings, FoundDocument, UnitNames } from '../../extractors/types.ts'
import type { Stamp } from '../actor.ts'
import { unitKey } from '../../db/domain/unit-key.ts'
import { writeVersion } from '../core/versions.ts'
import { type CandidateColumns, dutyColumns, STAGED_COLUMNS, targetColumns } from '../core/candidates.ts'
import { ScannedPages } from './scanned.ts'

/** Documents as they were stored, in the order of the text. */
type StoredDocuments = (Omit<FoundDocument, 'doubts'> & { id: number })[]

/** Everything an import found, on its way into the database. */
export class Staging {
  documents = 0
  targets = 0
  private readonly findings: StagedFindings<(typeof STAGED_COLUMNS)[number]>
  private readonly keys = new Map<string, string>()

  constructor(db: Db) {
    this.findings = stageFindings(clientOf(db), STAGED_COLUMNS)
  }

  /** Takes one document with all that was found in it; `text` is the raw text of the whole file, `scans` its pages. */
  add(
    { document, targets: found, duties }: DocumentFindings,
    text: string,
    scans: ScannedPages = new ScannedPages([], text),
  ): void {
    this.addDocument(document)
    for (const target of found) this.addCandidate(scans.mark(targetColumns(target, text)), target)
    for (const duty of duties) this.addCandidate(scans.mark(dutyColumns(duty, text)), duty)
  }

  /** @param existingId of the document in the database, where it is there already */
  addDocument(document: FoundDocument, existingId?: number): void {
    this.documents++
    this.findings.addDocument(document, existingId)
  }

  /** Takes one target of the document that came last. */
  addCandidate(columns: CandidateColumns, units: UnitNames): void {
    this.targets++
    const named = UNIT_ROLES.flatMap((role) =>
      units[role].map((name, position) => ({ role, position, name, key: this.keyOf(name) })),
    )
    this.findings.addTarget(columns, named)
  }

  private keyOf(name: string): string {
    let key = this.keys.get(name)
    if (key === undefined) this.keys.set(name, (key = unitKey(name)))
    return key
  }

  /** Every name of a unit that was found, once each. */
  names(): Iterable<string> {
    return this.keys.keys()
  }

  /** Ends the gathering; from here on nothing is held open. */
  finish(): void {
    this.findings.finish()
  }

  /**
   * Copies everything into the tables; to be called inside the transaction of the import.
   * @returns the documents with their numbers in the database
   */
  moveInto(tx: Db, stamp: Stamp, fileId: number, step: 'import' | 'reread' = 'import'): StoredDocuments {
    const { documents, targetsAfter } = this.findings.move(fileId, stamp.at)
    writeVersion(tx, { after: targetsAfter }, step, stamp)
    return documents
  }

  /** Throws away what was gathered, whatever has become of the import. */
  close(): void {
    this.findings.close()
  }
}
