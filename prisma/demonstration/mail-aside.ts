import { system } from '@/domain/actor'
import type { SealedStore } from '@/domain/restore/sealed-store'
import { reader } from '@/domain/transaction'
import { receiveMail } from '@/domain/triage/receive-mail'
import { takeInMail } from '@/domain/triage/take-in-mail'
import { crowd } from '@/prisma/demonstration/crowd-people'
import type { CarrierSlug } from '@/prisma/demonstration/people'
import type { Language } from '@/prisma/generated/enums'

const operator = system('demonstration')
const hour = 3_600_000

const mails: Record<CarrierSlug, { language: Language; from: string; said: string }> = {
  harbor: {
    language: 'en',
    from: 'from.work@office.example',
    said: 'It is me, from my address at work: the other one does not open since the outage. I look at this one each day.',
  },
  boreal: {
    language: 'fr',
    from: 'du.bureau@bureau.example',
    said: 'C’est moi, depuis mon adresse au bureau : l’autre ne s’ouvre plus depuis la panne. Je lis celle-ci chaque jour.',
  },
}

/** Who answers from there. */
export const asideOf = (carrier: CarrierSlug) =>
  crowd.findLast(one => one.carrier === carrier && one.language === mails[carrier].language)!

/** To one question of each carrier an answer came from an address that nobody knows: it waits for somebody who lets it in. */
export async function tellMailAside(
  { ids, told }: { ids: ReadonlyMap<string, string>; told: Date },
  sealed: SealedStore,
): Promise<void> {
  const at = new Date(told.getTime() - 2 * hour)
  for (const carrier of ['harbor', 'boreal'] as const) {
    const { from, said } = mails[carrier]
    const person = asideOf(carrier)
    const ticket = await reader('every-carrier').ticket.findFirstOrThrow({
      where: { subscriberId: ids.get(person.id)!, requestId: null, mergedInto: null },
      orderBy: { openedAt: 'asc' },
    })
    const { id: ticketId, carrierId, subscriberId, reference } = ticket
    const lines = [`From: <${from}>`, `Subject: Re: ${reference}`, 'MIME-Version: 1.0']
    const head = [...lines, 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit']
    const content = (async function* () {
      yield Buffer.from([...head, `Message-ID: <aside.${reference}@${from.split('@')[1]}>`, '', said, ''].join('\r\n'))
    })()
    await takeInMail(operator, sealed, { ticketId, carrierId, subscriberId, emptySender: false, content }, at)
    const { id: mailId } = await reader('every-carrier').mailIn.findFirstOrThrow({ where: { ticketId } })
    await receiveMail(operator, sealed, { mailId }, at)
  }
}
