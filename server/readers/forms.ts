import { type Content, hasStream } from './content.ts'
import { startsAsWordXml } from './docx/starts-as-word-xml.ts'
import { startsAsArchive } from './mhtml.ts'
import { pictureKind } from './ocr/picture.ts'

/** Ways in which the reading room can draw an original. */
export const DRAWINGS = ['pdf', 'docx', 'ofd', 'image', 'table'] as const
type Drawing = (typeof DRAWINGS)[number]

interface FormEntry {
  /** Stored with the file. */
  id: string
  /** What offices call it. */
  title: string
  /** Endings of its names, lower case with the dot; what is in a file decides, not these. */
  endings: readonly string[]
  mediaType: string
  /** How the original is drawn beside its text; null where the text itself is shown. */
  drawing: Drawing | null
  /** Whether its text is parted into pages, by form feeds. */
  paged: boolean
  /** Whether the content is of this form. The first of the list that says so is taken. */
  is: (content: Content) => boolean
}

const startsAsMarkup = ({ head }: Content): boolean =>
  /^(?:\u00EF\u00BB\u00BF)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype\s+html|html)[\s>]/i.test(
    head,
  )

/** Text under a name that promises something else is no text: a page that says "sign in" saved as a pdf. */
const TEXT_ENDINGS = new Set(['', '.txt', '.text', '.doc', '.wps'])

/** Names under which programs of offices give out pages, or parts of them, to be opened by Word or Excel. */
const OFFICE_ENDINGS = new Set(['.doc', '.wps', '.xls', '.et'])

/** A part of a page without its head. */
const startsAsPart = ({ head, ending }: Content): boolean =>
  OFFICE_ENDINGS.has(ending) &&
  /^(?:\u00EF\u00BB\u00BF)?\s*<(?:head|meta|style|body|center|div|table|p|h[1-6]|span|font)[\s>]/i.test(head)

/** Markup of another kind; what is known of it has been taken before. */
const isOtherMarkup = ({ head }: Content): boolean => /^(?:\u00EF\u00BB\u00BF)?\s*<\?xml\s/.test(head)

/** A workbook of Excel 2003 in XML. */
const isSheetXml = (content: Content): boolean =>
  content.isText && isOtherMarkup(content) && content.head.includes('urn:schemas-microsoft-com:office:spreadsheet')

/** Rows of cells with tabs between them, which Excel opens under the name of a workbook. */
const isTabbed = ({ head, ending, isText }: Content): boolean =>
  (ending === '.xls' || ending === '.et') && isText && /^[^\n<]*\t/.test(head)

/**
 * Every form of file that is read: the one list, from which the upload page, the messages, the media types of originals
 * and the documentation take theirs. Which function reads a form stands in `index.ts`.
 */
export const FORMS = [
  {
    id: 'pdf',
    title: 'pdf',
    endings: ['.pdf'],
    mediaType: 'application/pdf',
    drawing: 'pdf',
    paged: true,
    is: ({ head }) => head.slice(0, 1024).includes('%PDF-'),
  },
  {
    id: 'docx',
    title: 'docx',
    endings: ['.docx', '.docm', '.dotx'],
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    drawing: 'docx',
    paged: false,
    is: ({ parts }) => parts?.has('word/document.xml') ?? false,
  },
  {
    id: 'doc',
    title: 'doc、wps',
    endings: ['.doc', '.dot', '.wps', '.wpt'],
    mediaType: 'application/msword',
    drawing: null,
    paged: false,
    is: (content) => hasStream(content, 'WordDocument') || (content.isText && startsAsWordXml(content.head)),
  },
  {
    id: 'odt',
    title: 'odt',
    endings: ['.odt', '.ott'],
    mediaType: 'application/vnd.oasis.opendocument.text',
    drawing: null,
    paged: false,
    is: ({ parts, head }) => (parts?.has('content.xml') ?? false) && !head.includes('opendocument.spreadsheet'),
  },
  {
    id: 'rtf',
    title: 'rtf',
    endings: ['.rtf'],
    mediaType: 'application/rtf',
    drawing: null,
    paged: false,
    is: ({ head }) => head.startsWith('{\\rtf'),
  },
  {
    id: 'jpg',
    title: 'jpg',
    endings: ['.jpg', '.jpeg'],
    mediaType: 'image/jpeg',
    drawing: 'image',
    paged: true,
    is: ({ head }) => pictureKind(head) === 'jpeg',
  },
  {
    id: 'png',
    title: 'png',
    endings: ['.png'],
    mediaType: 'image/png',
    drawing: 'image',
    paged: true,
    is: ({ head }) => pictureKind(head) === 'png',
  },
  {
    id: 'tif',
    title: 'tif',
    endings: ['.tif', '.tiff'],
    mediaType: 'image/tiff',
    drawing: 'image',
    paged: true,
    is: ({ head }) => pictureKind(head) === 'tiff',
  },
  {
    id: 'xlsx',
    title: 'xlsx',
    endings: ['.xlsx', '.xlsm', '.xltx'],
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    drawing: 'table',
    paged: false,
    is: ({ parts }) => parts?.has('xl/workbook.xml') ?? false,
  },
  {
    id: 'xls',
    title: 'xls、et',
    endings: ['.xls', '.et', '.ett'],
    mediaType: 'application/vnd.ms-excel',
    drawing: 'table',
    paged: false,
    is: (content) => hasStream(content, 'Workbook') || hasStream(content, 'Book') || isSheetXml(content),
  },
  {
    id: 'ods',
    title: 'ods',
    endings: ['.ods'],
    mediaType: 'application/vnd.oasis.opendocument.spreadsheet',
    drawing: 'table',
    paged: false,
    is: ({ parts, head }) => (parts?.has('content.xml') ?? false) && head.includes('opendocument.spreadsheet'),
  },
  {
    id: 'csv',
    title: 'csv',
    endings: ['.csv', '.tsv'],
    mediaType: 'text/csv',
    drawing: 'table',
    paged: false,
    is: (content) => content.isText && (content.ending === '.csv' || content.ending === '.tsv' || isTabbed(content)),
  },
  {
    id: 'ofd',
    title: 'ofd',
    endings: ['.ofd'],
    mediaType: 'application/ofd',
    drawing: 'ofd',
    paged: true,
    is: ({ parts }) => [...(parts ?? [])].some((name) => /^\/?ofd\.xml$/i.test(name)),
  },
  {
    id: 'html',
    title: 'html',
    endings: ['.html', '.htm', '.mhtml', '.mht'],
    mediaType: 'text/html',
    drawing: null,
    paged: false,
    is: (content) =>
      content.isText &&
      (startsAsMarkup(content) ||
        startsAsPart(content) ||
        startsAsArchive(content.head) ||
        /^\.html?$/.test(content.ending)),
  },
  {
    id: 'md',
    title: 'md',
    endings: ['.md', '.markdown'],
    mediaType: 'text/markdown',
    drawing: null,
    paged: false,
    is: ({ isText, ending }) => isText && (ending === '.md' || ending === '.markdown'),
  },
  {
    id: 'txt',
    title: 'txt',
    endings: ['.txt', '.text'],
    mediaType: 'text/plain',
    drawing: null,
    paged: false,
    is: (content) => content.isText && TEXT_ENDINGS.has(content.ending) && !isOtherMarkup(content),
  },
  {
    // what the office has typed itself (新建事项): no file ever is of this form
    id: 'typed',
    title: '录入',
    endings: [],
    mediaType: 'text/plain',
    drawing: null,
    paged: false,
    is: () => false,
  },
] as const satisfies readonly FormEntry[]

export type Form = FormEntry & { id: FormId }
export type FormId = (typeof FORMS)[number]['id']

/** The form of a text that the office has typed, and the only one whose text may grow. */
export const TYPED_FORM = 'typed' satisfies FormId

/** The forms of files that can be imported. */
export const FILE_FORMS: readonly Form[] = FORMS.filter(({ id }) => id !== TYPED_FORM)

/** Those of them that are sheets: lists (批量导入) come in these. */
export const SHEET_FORMS: readonly Form[] = FILE_FORMS.filter(({ drawing }) => drawing === 'table')

/** The ids of all forms, in the order of the list. */
export const FORM_IDS = FORMS.map(({ id }) => id) as [FormId, ...FormId[]]

/** A form by its id. */
export const formOf = (id: FormId): Form => FORMS.find((form) => form.id === id)!

/** What can be read, as messages and pages say it: txt、md、…. */
export const FORMS_IN_WORDS: string = FILE_FORMS.map(({ title }) => title).join('、')

/** The same of sheets. */
export const SHEETS_IN_WORDS: string = SHEET_FORMS.map(({ title }) => title).join('、')
