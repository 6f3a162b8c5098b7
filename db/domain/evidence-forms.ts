/** Files that may be uploaded as evidence (佐证材料), by what offices call them, with the endings of their names. */
export const EVIDENCE_FORMS = [
  { title: 'pdf', endings: ['.pdf'], mediaType: 'application/pdf' },
  { title: 'png', endings: ['.png'], mediaType: 'image/png' },
  { title: 'jpg', endings: ['.jpg', '.jpeg'], mediaType: 'image/jpeg' },
  {
    title: 'docx',
    endings: ['.docx'],
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  {
    title: 'xlsx',
    endings: ['.xlsx'],
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  { title: 'ofd', endings: ['.ofd'], mediaType: 'application/ofd' },
  { title: 'txt', endings: ['.txt'], mediaType: 'text/plain' },
  { title: 'csv', endings: ['.csv'], mediaType: 'text/csv' },
] as const satisfies readonly { title: string; endings: readonly string[]; mediaType: string }[]

export type EvidenceForm = (typeof EVIDENCE_FORMS)[number]['title']

/** The same as messages and pages say it. */
export const EVIDENCE_FORMS_IN_WORDS: string = EVIDENCE_FORMS.map(({ title }) => title).join('、')
