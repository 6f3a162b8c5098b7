import { type Content, contentOf, hasStream } from './content.ts'
import { type Form, FORMS, FORMS_IN_WORDS } from './forms.ts'
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

function refusal(content: Content, fileName: string): ReadError {
  const { ending } = content
  if (hasStream(content, 'EncryptedPackage'))
    return new ReadError('encrypted', fileName, '设有密码，请取消密码后再导入。')
  const promised = FORMS.find(({ endings }) => (endings as readonly string[]).includes(ending))
  if (promised !== undefined && promised.id !== 'txt' && promised.id !== 'md' && promised.id !== 'html')
    return new ReadError('broken', fileName, `的内容不是 ${promised.title} 文件，可能已损坏，请重新取得文件。`)
  return new ReadError('wrong-type', fileName, `不是可以导入的文件类型，请选择 ${FORMS_IN_WORDS} 文件。`)
}
