import type { SourceChoice } from '../../api/item-calls.ts'

/** A source as it is typed: an empty text where a field is empty; `documentId` names one that was typed before. */
export interface TypedSource {
  documentId: string
  kind: string
  title: string
  number: string
  issuedOn: string
  issuer: string
  leader: string
}

export const NO_SOURCE: TypedSource = {
  documentId: '',
  kind: 'meeting',
  title: '',
  number: '',
  issuedOn: '',
  issuer: '',
  leader: '',
}

const given = (text: string) => text.trim() || null

/** What is typed, as it is sent. */
export const sourceOf = ({ documentId, kind, title, number, issuedOn, issuer, leader }: TypedSource): SourceChoice =>
  documentId === ''
    ? {
        kind,
        title: title.trim(),
        number: given(number),
        issuedOn: given(issuedOn),
        issuer: given(issuer),
        leader: given(leader),
      }
    : { documentId: Number(documentId) }

/** Title, number and date of a source in one line. */
export const headWords = ({
  title,
  number,
  issuedOn,
}: {
  title: string
  number: string | null
  issuedOn: string | null
}): string => [title, number, issuedOn].filter(Boolean).join(' · ')
