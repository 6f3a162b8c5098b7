/** Shapes of the HTTP API, until the generated client has them. */
export type Role = 'supervisor' | 'reporter' | 'leader' | 'admin'
export type Light = 'overdue' | 'behind' | 'due_soon' | 'normal' | 'done' | 'unreported'
export type Kind = 'quantity' | 'milestone' | 'duty'
export type State = 'extracted' | 'confirmed' | 'assigned' | 'signed' | 'in_progress' | 'reported' | 'returned' | 'met' | 'closed' | 'suspended' | 'dropped' | 'merged'
export type Operator = '>=' | '<=' | '~' | 'range'
export type Measure = 'level' | 'growth' | 'reduction' | 'multiple'

export interface Me { id: number, username: string, displayName: string, role: Role, unit: { id: number, name: string } | null, mustChangePassword: boolean }
export interface Page<T> { items: T[], nextCursor: string | null, total: number | null }
export interface UnitRef { unitId: number | null, name: string }
export type LightCounts = Record<Light, number>

export interface ImportJob {
  id: number, fileName: string, size: number
  status: 'queued' | 'reading' | 'extracting' | 'storing' | 'done' | 'duplicate' | 'failed' | 'cancelled'
  percent: number, documentsFound: number, candidatesFound: number, errorCode: string | null, message: string | null
  fileId: number | null, createdAt: string, finishedAt: string | null
}

export interface DocumentRow {
  id: number, fileId: number, fileName: string, format: 'txt' | 'md' | 'html' | 'docx' | 'pdf', number: string | null, title: string
  issuer: string | null, issuedOn: string | null
  targets: { quantity: number, milestone: number, duty: number }, lights: LightCounts, unconfirmed: number
}
export interface DocumentDetail extends DocumentRow { start: number, end: number, siblings: { id: number, title: string, number: string | null }[] }
export interface DocumentText { start: number, end: number, text: string }
export interface Finding {
  id: number, kind: Kind, state: State, indicator: string, op: Operator | null, value: number | null, valueHigh: number | null, unit: string | null
  deadline: string | null, start: number, end: number, clauseStart: number, clauseEnd: number, confidence: number, light: Light
}

export interface TargetRow {
  id: number, kind: Kind, state: State, indicator: string, op: Operator | null, value: number | null, valueHigh: number | null, unit: string | null
  measure: Measure | null, per: 'year' | null, deadline: string | null, document: { id: number, number: string | null, title: string }, clausePath: string[]
  lead: UnitRef[], responsible: UnitRef[], support: UnitRef[], light: Light, manualLight: Light | null, late: boolean
  progress: number | null, expected: number | null, reported: { value: number | null, asOf: string } | null, missingBaseline: boolean
  confidence: number, version: number
}
export interface Facets {
  light: LightCounts, state: Record<string, number>, kind: Record<string, number>
  units: { unitId: number, name: string, count: number }[], deadlineMonths: { month: string, count: number }[]
}
export interface Report {
  id: number, value: number | null, done: boolean | null, asOf: string, note: string | null, source: 'unit' | 'statistics'
  status: 'draft' | 'submitted' | 'approved' | 'returned' | 'withdrawn', unit: { id: number, name: string } | null
  reporter: { id: number, displayName: string } | null, submittedAt: string | null, decidedAt: string | null, decidedBy: { id: number, displayName: string } | null
  decisionReason: string | null, attachments: { id: number, name: string, size: number, mediaType: string }[], version: number
}
export interface Part {
  id: number, kind: 'year' | 'unit' | 'stage', position: number, label: string, unitId: number | null, dueOn: string | null
  value: number | null, weight: number | null, reached: number | null, reachedOn: string | null
}
export interface TargetDetail extends TargetRow {
  evidence: string, start: number, end: number, clauseStart: number, clauseEnd: number, deadlineBasis: 'explicit' | 'inherited' | 'document' | 'none'
  deadlineWords: string | null, deadlineRule: string | null, baselineValue: number | null, baselineUnit: string | null, baselinePeriod: string | null
  startOn: string | null, reportFrequency: string | null, supervisor: { id: number, displayName: string } | null, contactLeader: { id: number, displayName: string } | null, manualLightReason: string | null
  extracted: Record<string, unknown> | null
  explanation: Record<string, { words: string, span: { start: number, end: number } | null, rule: string }> | null
  parts: Part[], reports: Report[], expectedLine: { on: string, value: number }[]
  steps: { at: string, who: string | null, action: string, text: string }[], allowed: string[]
}

export interface OverviewLights { done: { onTime: number, late: number }, overdue: number, behind: number, due_soon: number, normal: number, unreported: number }
export interface Overview {
  asOf: string, total: number, unconfirmed: number, lights: OverviewLights
  units: { unitId: number, name: string, total: number, lights: LightCounts }[]
  documents: { id: number, number: string | null, title: string, total: number, lights: LightCounts }[]
  months: { month: string, total: number, lights: LightCounts }[]
  turnedRed: { id: number, indicator: string, deadline: string | null, units: string[], since: string }[]
  coverage: { missingBaseline: number, missingValue: number, notSigned: number, total: number }
  compare: { asOf: string, lights: OverviewLights } | null
}
