/** What a person would call the field that a property holds; `other` for the rest. */
export type FieldKind =
  | 'name'
  | 'phone'
  | 'email'
  | 'address'
  | 'organization'
  | 'title'
  | 'birthday'
  | 'url'
  | 'note'
  | 'im'
  | 'photo'
  | 'other'

const kinds = new Map<string, FieldKind>([
  ['FN', 'name'],
  ['N', 'name'],
  ['NICKNAME', 'name'],
  ['TEL', 'phone'],
  ['EMAIL', 'email'],
  ['ADR', 'address'],
  ['LABEL', 'address'],
  ['ORG', 'organization'],
  ['TITLE', 'title'],
  ['ROLE', 'title'],
  ['BDAY', 'birthday'],
  ['URL', 'url'],
  ['X-SOCIALPROFILE', 'url'],
  ['NOTE', 'note'],
  ['PHOTO', 'photo'],
  ['IMPP', 'im'],
  ['X-ANNIVERSARY', 'other'],
  ['X-GENDER', 'other'],
])
for (const service of [
  'AIM',
  'GADUGADU',
  'GOOGLE-TALK',
  'GROUPWISE',
  'ICQ',
  'JABBER',
  'MSN',
  'QQ',
  'SIP',
  'SKYPE',
  'SKYPE-USERNAME',
  'TWITTER',
  'YAHOO',
]) {
  kinds.set(`X-${service}`, 'im')
}

/** The kind of field a property (upper-case name) holds. */
export const fieldKind = (name: string): FieldKind => kinds.get(name) ?? 'other'

/** Properties that say something about the record, nothing about the person. */
const bookkeeping = new Set([
  'BEGIN',
  'CLASS',
  'CLIENTPIDMAP',
  'CREATED',
  'END',
  'KIND',
  'LANGUAGE',
  'NAME',
  'PRODID',
  'PROFILE',
  'REV',
  'SORT-STRING',
  'SOURCE',
  'UID',
  'VERSION',
])

/** Whether a property (upper-case name) holds something about the person that this reader knows of. */
export const saysSomething = (name: string): boolean =>
  name !== '' && !bookkeeping.has(name) && (kinds.has(name) || !name.startsWith('X-'))

/** Components of structured values (RFC 2426 sections 3.1.2 and 3.2.1); more than these belong to the last one. */
export const structuredLengths: Readonly<Record<string, number>> = { N: 5, ADR: 7, ORG: Number.POSITIVE_INFINITY }
