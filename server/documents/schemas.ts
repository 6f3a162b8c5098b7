import { z } from 'zod'
import { HEAD_DOUBTS, HEAD_FIELDS, HEAD_STEPS, JOB_PURPOSES } from '../../db/domain/document-heads.ts'
import { LISTED_FIELDS } from '../../db/domain/target-fields.ts'
import { lightCounts } from '../core/light-counts.ts'
import { answerShape } from '../core/field-schemas.ts'
import { LIGHTS } from '../../db/domain/lights.ts'
import { DRAWINGS, FORM_IDS } from '../readers/forms.ts'
import { asOfQuery, booleanQuery, commaList, dateField, idList, pageOf, pageQuery } from '../schema.ts'
import { searchQuery } from '../search.ts'

const JOB_STATUS = ['queued', 'reading', 'extracting', 'storing', 'done', 'duplicate', 'failed', 'cancelled'] as const

/** One run of reading a file; the last message of a job has one of the four final states. */
export const importJobSchema = z
  .object({
    id: z.int(),
    /** A new file, a stored one read again to see what would change (`reread`), or that change itself (`apply`). */
    purpose: z.enum(JOB_PURPOSES),
    fileName: z.string(),
    /** Bytes. */
    size: z.int(),
    status: z.enum(JOB_STATUS),
    percent: z.int().min(0).max(100),
    /** The page that is being recognised from its picture, of so many; null while none is. */
    scan: z.object({ page: z.int(), of: z.int() }).nullable(),
    documentsFound: z.int(),
    candidatesFound: z.int(),
    errorCode: z.string().nullable(),
    message: z.string().nullable(),
    fileId: z.int().nullable(),
    /** First document of the file; null as long as there is none, and after the import was undone. */
    documentId: z.int().nullable(),
    createdAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'ImportJob' })
export type ImportJob = z.infer<typeof importJobSchema>

/** What can be imported. */
export const importFormsAnswer = z.object({
  forms: z.array(
    z.object({
      id: z.enum(FORM_IDS),
      title: z.string(),
      /** Lower case, with the dot. */
      endings: z.array(z.string()),
      /** Whether the original is drawn beside its text; of the others the text itself is shown. */
      isDrawn: z.boolean(),
    }),
  ),
  /** Endings of packed files whose documents are taken one by one. */
  batchEndings: z.array(z.string()),
  /** Bytes of one file, and files of one upload. */
  maxFileBytes: z.int(),
  maxFiles: z.int(),
})

export const importJobsAnswer = z.object({ items: z.array(importJobSchema) })
export const importListQuery = pageQuery.extend({ ids: idList })
export const importListAnswer = pageOf(importJobSchema)

const documentFields = {
  id: z.int(),
  fileId: z.int(),
  fileName: z.string(),
  format: z.enum(FORM_IDS),
  number: z.string().nullable(),
  title: z.string(),
  issuer: z.string().nullable(),
  issuedOn: z.string().nullable(),
  /** 来源类别: an id of the register (GET /source-kinds). */
  kind: z.string(),
  /** 交办领导, as he is called. */
  leader: z.string().nullable(),
  /** Fields of the head that the rules were not sure of and nobody has looked at, each with why. */
  headDoubts: z.partialRecord(z.enum(HEAD_FIELDS), z.enum(HEAD_DOUBTS)),
  /** Whether the office has set or confirmed the head. */
  headIsSet: z.boolean(),
  version: z.int(),
  targets: z.object({ quantity: z.int(), milestone: z.int(), duty: z.int() }),
  lights: lightCounts,
  /** Candidates that nobody has confirmed yet. */
  unconfirmed: z.int(),
}
const documentRowSchema = z.object(documentFields).meta({ id: 'DocumentRow' })

export const documentDetailSchema = z
  .object({
    ...documentFields,
    /** UTF-16 offsets of the document in the file's raw text. */
    start: z.int(),
    end: z.int(),
    archivedAt: z.string().nullable(),
    /** How the reading room draws the original; null where it shows its text. */
    drawing: z.enum(DRAWINGS).nullable(),
    /** Whether the import of its file can still be undone: no target of the file has been decided on. */
    undoable: z.boolean(),
    /** All documents of the same file in the order of the text, this one too. */
    siblings: z.array(z.object({ id: z.int(), title: z.string(), number: z.string().nullable() })),
  })
  .meta({ id: 'DocumentDetail' })
export type DocumentDetail = z.infer<typeof documentDetailSchema>

const DOCUMENT_SORTS = ['issuedOn', '-issuedOn', 'title', '-title', 'id', '-id'] as const
export const documentQuery = z.object({
  q: searchQuery.optional(),
  issuer: z.string().max(200).optional(),
  year: z
    .string()
    .regex(/^\d{4}$/, '年份应为四位数字')
    .optional(),
  /** Ids of the register of 来源类别 (GET /source-kinds). */
  kind: commaList(z.string().max(40)),
  /** `true`: only sources whose text the office has typed, to which items can be added. */
  typed: booleanQuery.optional(),
  /** `true`: only documents with a doubtful head. */
  doubtful: booleanQuery.optional(),
  sort: z.enum(DOCUMENT_SORTS).default('-issuedOn'),
  ...asOfQuery.shape,
  ...pageQuery.shape,
})
export type DocumentQuery = z.infer<typeof documentQuery>
export const documentListAnswer = pageOf(documentRowSchema).extend({
  /** Years in which the documents that the person may see were issued, the newest first. */
  years: z.array(z.string()),
})

export const documentTextAnswer = z.object({
  start: z.int(),
  end: z.int(),
  text: z.string(),
  /** Page of the original on which the document starts, from 1; null where the file has no pages of its own. */
  firstPage: z.int().nullable(),
})

const fieldChangeSchema = z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })
/** A target in a few words. */
const briefSchema = z.object({
  indicator: z.string(),
  /** What is promised: 不低于 95%. */
  words: z.string(),
  deadline: z.string().nullable(),
  evidence: z.string(),
})
const storedBriefSchema = briefSchema.extend({ id: z.int() })
/** Entries of one kind; `count` says how many there are, the list has the first hundred. */
const some = <T extends z.ZodType>(item: T) => z.object({ count: z.int(), items: z.array(item) })
const headBriefSchema = z.object({ title: z.string(), number: z.string().nullable() })

/** What 重新读取 would change. Decided targets stay as they are. */
const rereadChangesSchema = z
  .object({
    /** Whether the text itself was read otherwise. */
    textChanged: z.boolean(),
    documents: z.object({
      added: z.array(headBriefSchema),
      removed: z.array(headBriefSchema),
      /** Heads that were read otherwise; one that the office has set (`isSet`) stays. */
      heads: z.array(
        z.object({ id: z.int(), title: z.string(), isSet: z.boolean(), fields: z.array(fieldChangeSchema) }),
      ),
    }),
    /** Candidates that would say the same. */
    same: z.int(),
    changed: some(storedBriefSchema.extend({ fields: z.array(fieldChangeSchema) })),
    added: some(briefSchema),
    removed: some(storedBriefSchema),
    /** Decided targets. */
    kept: z.int(),
    /** Those of them whose sentence is not found in the new text; they keep their words. */
    lost: some(storedBriefSchema),
  })
  .meta({ id: 'RereadChanges' })
export type RereadChanges = z.infer<typeof rereadChangesSchema>

/** A reading that waits for somebody to confirm it or put it away. */
export const rereadSchema = z
  .object({
    fileId: z.int(),
    fileName: z.string(),
    createdAt: z.string(),
    /** Sent along with 确认: what is confirmed is what was shown. */
    digest: z.string(),
    changes: rereadChangesSchema,
  })
  .meta({ id: 'Reread' })
export const confirmRereadBody = z.strictObject({ digest: z.string().length(64) })

/** Sent by the office to set the head of a document. All four fields count as looked at then. */
export const headBody = z.strictObject({
  version: z.int(),
  number: z.string().trim().min(1).max(100).nullable(),
  title: z.string().trim().min(1, '请填写标题').max(300, '标题不能超过 300 字'),
  issuer: z.string().trim().min(1).max(200).nullable(),
  issuedOn: dateField.nullable(),
  /** 来源类别: an id of the register (GET /source-kinds); left out, it stays. */
  kind: z.string().max(40).optional(),
  /** 交办领导, as he is called; left out, it stays. */
  leader: z.string().trim().min(1).max(100).nullable().optional(),
})
export const undoHeadBody = z.strictObject({ version: z.int() })

/** How a document got its head, newest change first. */
export const headHistoryAnswer = z.object({
  items: z.array(
    z.object({
      at: z.string(),
      who: z.string().nullable(),
      step: z.enum(HEAD_STEPS),
      fields: z.array(fieldChangeSchema),
      /** Whether this is the newest change and can be taken back. */
      undoable: z.boolean(),
    }),
  ),
})

/** Where words of a file's text stand on its original. */
export const placesQuery = z
  .object({ start: z.coerce.number().int().min(0), end: z.coerce.number().int().min(0) })
  .refine(({ start, end }) => start < end, '起止位置有误')
export const filePlacesSchema = z
  .object({
    scans: z.array(
      z.object({
        /** From 1. */
        page: z.int(),
        /** Affine map (a, b, c, d, e, f) from the boxes to shares of the page, 0 to 1 from its left and top edges. */
        toPage: z.array(z.number()).length(6),
        /** Left, top, right, bottom: a line of words each. */
        boxes: z.array(z.array(z.number()).length(4)),
      }),
    ),
    cells: z.array(
      z.object({
        /** Position of the sheet, and the page of it that holds the row. */
        sheet: z.int(),
        page: z.int(),
        /** As the sheet counts, from 1. */
        row: z.int(),
        /** From 0; none where the words stand in the row's line in another way, as in a header. */
        columns: z.array(z.int()),
      }),
    ),
  })
  .meta({ id: 'FilePlaces' })
export type FilePlaces = z.infer<typeof filePlacesSchema>

const sheetSummarySchema = z
  .object({
    position: z.int(),
    name: z.string(),
    /** Width of each column from A on, in half-width characters. */
    columns: z.array(z.number()),
    rows: z.int(),
    pages: z.int(),
    /** Whether there are more rows or columns than were read. */
    isCut: z.boolean(),
  })
  .meta({ id: 'SheetSummary' })
export type SheetSummary = z.infer<typeof sheetSummarySchema>
export const sheetsAnswer = z.object({ items: z.array(sheetSummarySchema) })

const sheetRowSchema = z
  .object({
    /** As the sheet counts, from 1. */
    number: z.int(),
    isHeader: z.boolean(),
    cells: z.array(
      z
        .object({
          text: z.string(),
          isNumber: z.boolean(),
          /** Whether it is the first of a merged area, lies below it in its first column, or beside one of these. */
          merged: z.enum(['first', 'below', 'beside']).nullable(),
        })
        .nullable(),
    ),
  })
  .meta({ id: 'SheetRow' })
export type SheetRow = z.infer<typeof sheetRowSchema>
export const sheetPageParams = z.object({
  id: z.coerce.number().int().positive(),
  sheet: z.coerce.number().int().min(0),
  page: z.coerce.number().int().positive(),
})
export const sheetPageSchema = z
  .object({
    /** Rows of the header, from the second page on: the first one has them among its rows. */
    header: z.array(sheetRowSchema),
    rows: z.array(sheetRowSchema),
  })
  .meta({ id: 'SheetPage' })
export type SheetPage = z.infer<typeof sheetPageSchema>

/** What went with an import that was undone. */
export const undoneAnswer = z.object({ documents: z.int(), targets: z.int() })

/** A target where it stands in the text. All offsets count from the start of the file, as the document's `start` does. */
const findingSchema = z
  .object({
    id: z.int(),
    ...answerShape(LISTED_FIELDS),
    start: z.int(),
    end: z.int(),
    clauseStart: z.int(),
    clauseEnd: z.int(),
    confidence: z.number(),
    /** Whether its words were recognised from a picture. */
    scanned: z.boolean(),
    /** Null where the target is not tracked. */
    light: z.enum(LIGHTS).nullable(),
  })
  .meta({ id: 'Finding' })
export type Finding = z.infer<typeof findingSchema>
export const findingsAnswer = z.object({ items: z.array(findingSchema) })
