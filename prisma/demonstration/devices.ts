import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { contactsIn2009 } from '@/prisma/demonstration/bags'
import { Chance, seedOf } from '@/prisma/demonstration/chance'
import { card3, type DemoContact } from '@/prisma/demonstration/contacts'
import type { DemoSubscriber } from '@/prisma/demonstration/people'

/**
 * The account a subscriber's phone syncs with since the outage: a few contacts typed in again. Some are as before, some
 * have a new number, some are the same person under another card: every conflict rule finds work.
 */
export async function writeDevice(directory: string, person: DemoSubscriber): Promise<void> {
  for (const folder of ['contacts', 'calendar', 'tasks', 'notes', 'photos']) {
    await mkdir(path.join(directory, folder), { recursive: true })
  }
  const chance = new Chance(seedOf(`${person.id} device`))
  const before = contactsIn2009(person)
  const now: DemoContact[] = [
    // As it was.
    before[0]!,
    // The same card with a newer number and a note.
    { ...before[1]!, phone: '+1 206 555 0199', note: person.language === 'fr' ? 'Nouveau numéro' : 'New number' },
    // The same person typed in again: known by the number, under another UID and without the mail address.
    { ...before[2]!, uid: `typed-again-${person.id.toLowerCase()}@phone.example`, email: null },
    // Somebody met since.
    {
      uid: `met-since-${person.id.toLowerCase()}@phone.example`,
      given: person.language === 'fr' ? 'Solène' : 'Rosa',
      family: person.language === 'fr' ? 'Tremblay' : 'Quinn',
      phone: `+1 206 555 01${chance.between(10, 99)}`,
      email: null,
      organization: null,
      note: null,
    },
  ]
  for (const [i, contact] of now.entries()) {
    await writeFile(path.join(directory, 'contacts', `phone-${i + 1}.vcf`), card3(contact))
  }
}
