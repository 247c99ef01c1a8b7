import type { AccountRecord, RecordKind, SourceRecord } from '@/domain/restore/record-kind'
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

/** Contacts are pushed as vCard 3.0 and the only kind that is matched by more than UID and meaning, and merged. */
export const contactKind: RecordKind = {
  extension: 'vcf',
  contentType: 'text/vcard; charset=utf-8',
  async *read(storage, holding) {
    for await (const card of readCards(storage.read(holding.objectKey))) {
      yield {
        ordinal: card.ordinal,
        uid: card.uid,
        title: card.title,
        damaged: card.assessment.state === 'damaged' ? card.assessment.reason : null,
        meaning: () => meaningDigest(card),
        resource: uid => toVcard3(card, { uid }),
        parsed: card,
      }
    }
  },
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
}
