import path from 'node:path'
import type { Resolved } from '@/bin/environment'
import { system } from '@/domain/actor'
import { type DemonstrationPerson, listDemonstrationPeople } from '@/domain/subscriber/list-demonstration-people'
import { closeDatabase } from '@/gateways/database'

const SUBSCRIBERS_SHOWN = 4
const PEOPLE_READ = 50

export const step = (text: string): void => console.log(`· ${text}`)

/** What to open and, in demonstration mode, who to sign in as: one of every role and a few subscribers. */
export async function welcome(settings: Resolved): Promise<void> {
  const where = path.relative(process.cwd(), settings.dataDirectory) || settings.dataDirectory
  const lines = ['', `  Homeward is up. Open ${settings.publicUrl}`, '']
  if (settings.demonstration) {
    lines.push(
      '  This is a demonstration: it is October 2009, everyone is invented, and only this machine can reach it.',
      `  Sign in at ${settings.publicUrl}/sign-in as one of these: the page shows the link that would be mailed, and plays the passkey of who works here.`,
      '',
      ...(await peopleToBe()),
      '',
    )
  }
  if (settings.embedded) lines.push(`  Everything is kept in ${where}, logs in ${path.join(where, 'log')}.`)
  lines.push('  Stop with Ctrl-C; npm start goes on where it was.', '')
  console.log(lines.join('\n'))
}

async function peopleToBe(): Promise<string[]> {
  const people = await listDemonstrationPeople(system('demonstration'), PEOPLE_READ)
  await closeDatabase()
  const staff = people.filter((person, i) => person.role && people.findIndex(one => one.role === person.role) === i)
  const subscribers = people.filter(person => person.role === null)
  const french = subscribers.filter(person => person.language === 'fr').slice(0, SUBSCRIBERS_SHOWN / 2)
  const english = subscribers.filter(person => person.language === 'en').slice(0, SUBSCRIBERS_SHOWN / 2)
  return [...staff, ...english, ...french].map(lineOf)
}

function lineOf(person: DemonstrationPerson): string {
  const role = (person.role ?? 'subscriber').replaceAll('_', ' ')
  const of = person.carrierName === null ? '' : ` (${person.carrierName})`
  return `    ${role.padEnd(18)} ${person.email.padEnd(36)} ${person.name}${of}`
}
