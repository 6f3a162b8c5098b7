import { type Content, contentOf, hasStream } from './content.ts'
import { type Form, FORMS, FORMS_IN_WORDS } from './forms.ts'
import { ENCRYPTED_PACKAGE } from './odf-password.ts'
import { ReadError, type Source } from './types.ts'

/**
 * The form of a file by its content.
 * @throws {ReadError} wrong-type, encrypted or broken
 */
export async function detectForm(source: Source): Promise<Form> {
  const content = await contentOf(source)
  const form = FORMS.find(({ is }) => is(content))
  if (form === undefined) throw refusal(content, source.fileName)
  return form
}

/** Whether a file is of a form that is read, by its content. */
export async function isDocument(source: Source): Promise<boolean> {
  const content = await contentOf(source)
  return FORMS.some(({ is }) => is(content))
}

/** What rar and 7z files begin with. */
const PACKED = ['Rar!\u001A\u0007', "7z\u00BC\u00AF'\u001C"]

function refusal(content: Content, fileName: string): ReadError {
  const { ending, head, parts } = content
  if (hasStream(content, 'EncryptedPackage') || parts?.has(ENCRYPTED_PACKAGE))
    return new ReadError('encrypted', fileName, '设有密码，请取消密码后再导入。')
  const promised = FORMS.find(({ endings }) => (endings as readonly string[]).includes(ending))
  if (promised !== undefined && promised.id !== 'txt' && promised.id !== 'md' && promised.id !== 'html')
    return new ReadError('broken', fileName, `的内容不是 ${promised.title} 文件，可能已损坏，请重新取得文件。`)
  if (parts !== null)
    return new ReadError('wrong-type', fileName, '是压缩包，压缩包里的压缩包不再往下解开，请先解压，再导入里面的文件。')
  if (PACKED.some((start) => head.startsWith(start)))
    return new ReadError(
      'wrong-type',
      fileName,
      '是 rar 或 7z 压缩包，读不了，请解压后导入里面的文件，或改用 zip 压缩。',
    )
  return new ReadError('wrong-type', fileName, `不是可以导入的文件类型，请选择 ${FORMS_IN_WORDS} 文件。`)
}
