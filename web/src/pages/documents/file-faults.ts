import type { ImportForms } from '../../api/types.ts'

/** Endings of all forms, for the dialog in which files are chosen. */
export const endingsOf = ({ forms, batchEndings }: ImportForms): string[] => [
  ...forms.flatMap(({ endings }) => endings),
  ...batchEndings,
]

/** The forms as a sentence has them. */
export const formsInWords = ({ forms }: ImportForms): string => forms.map(({ title }) => title).join('、')

/** The forms whose originals are drawn beside their text. */
export const drawnInWords = ({ forms }: ImportForms): string =>
  forms
    .filter(({ isDrawn }) => isDrawn)
    .map(({ title }) => title)
    .join('、')

/**
 * What can be said of a file before it is sent; null where nothing is wrong with it. The server looks at what is in it.
 * @param accepted null as long as the server has not told what it takes: then it is left to decide
 */
export function faultOf({ name, size }: Pick<File, 'name' | 'size'>, accepted: ImportForms | null): string | null {
  if (size === 0) return `《${name}》是空文件，请检查后重新选择。`
  if (accepted === null) return null
  const ending = /\.[^.]+$/.exec(name)?.[0].toLowerCase()
  if (ending !== undefined && !endingsOf(accepted).includes(ending))
    return `《${name}》不是可以导入的文件类型，请选择 ${formsInWords(accepted)} 文件。`
  if (size > accepted.maxFileBytes) return `《${name}》超过 ${megabytes(accepted)} MB，请拆分后再导入。`
  return null
}

export const megabytes = ({ maxFileBytes }: ImportForms): number => maxFileBytes / 1024 / 1024
