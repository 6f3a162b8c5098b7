/** The markup of Word 2003 in one file, which programs of offices fill from a template and call doc. */
const NAMESPACE = 'http://schemas.microsoft.com/office/word/2003/wordml'

/** Whether a file begins as such a document. */
export const startsAsWordXml = (head: string): boolean =>
  /^(?:\u00EF\u00BB\u00BF)?\s*<(?:\?xml|w:wordDocument)/.test(head) && head.includes(NAMESPACE)
