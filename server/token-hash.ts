import { hash } from 'node:crypto'

/** What is stored of a secret that is random enough not to be guessed (session, token, link): its SHA-256, 64 hex digits. */
export const hashToken = (token: string): string => hash('sha256', token)
