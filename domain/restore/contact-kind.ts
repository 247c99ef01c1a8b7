import type { AccountRecord, RecordKind, SourceRecord } from '@/domain/restore/record-kind'
import { mapOneByOne } from '@/formats/content-lines/one-by-one'
import { compatibleNames, contactKeys } from '@/formats/vcard/contact-match'
import { meaningDigest } from '@/formats/vcard/meaning-digest'
import { mergeCards } from '@/formats/vcard/merge-cards'
import { type Card, parseCard, readCards } from '@/formats/vcard/read-cards'
import { toVcard3 } from '@/formats/vcard/to-vcard3'

const cardOf = (record: SourceRecord | AccountRecord): Card => record.parsed as Card

const keysOf = (card: Card, region: string): string[] => {
  const { phones, emails } = contactKeys(card, region)
  return [...phones, ...emails]
}

class RecoveredCard implements SourceRecord {
  constructor(readonly parsed: Card) {}
  get ordinal() {
    return this.parsed.ordinal
  }
  get uid() {
    return this.parsed.uid
  }
  get title() {
    return this.parsed.title
  }
  get damaged() {
    const { assessment } = this.parsed
    return assessment.state === 'damaged' ? assessment.reason : null
  }
  meaning(): string {
    return meaningDigest(this.parsed)
  }
  resource(uid: string): Uint8Array {
    return toVcard3(this.parsed, { uid })
  }
}

/** Contacts are pushed as vCard 3.0 and the only kind that is matched by more than UID and meaning, and merged. */
export const contactKind: RecordKind = {
  extension: 'vcf',
  contentType: 'text/vcard; charset=utf-8',
  read: (storage, holding) => mapOneByOne(readCards(storage.read(holding.objectKey)), card => new RecoveredCard(card)),
  parse(body) {
    const card = parseCard(body)
    return {
      uid: card.uid,
      title: card.title,
      meaning: () => meaningDigest(card),
      keys: region => keysOf(card, region),
      parsed: card,
    }
  },
  keys: (record, region) => keysOf(cardOf(record), region),
  compatible: (account, record) => compatibleNames(cardOf(account), cardOf(record)),
  merge: (account, record) => mergeCards(cardOf(account), cardOf(record)),
  replacement: (_account, record, uid) => record.resource(uid),
}
