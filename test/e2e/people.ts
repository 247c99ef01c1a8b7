import { staff as allStaff, subscribers as allSubscribers } from '@/prisma/demonstration/people'

const subscriber = (name: string) => allSubscribers.find(one => one.name === name)!
const member = (email: string) => allStaff.find(one => one.email === email)!

const staff = {
  admin: member('admin@homeward.example'),
  lead: member('lead@homeward.example'),
  auditor: member('auditor@homeward.example'),
  harborSupport: member('support@harbor.example'),
  borealSupport: member('soutien@boreal.example'),
  harborNotices: member('notices@harbor.example'),
  harborApproval: member('approval@harbor.example'),
  borealNotices: member('annonces@boreal.example'),
  borealApproval: member('approbation@boreal.example'),
  incidents: member('incidents@homeward.example'),
}

const subscribers = {
  /** Walk the whole story: much recovered, some of it damaged or partial. */
  daniel: subscriber('Daniel Cho'),
  noel: subscriber('Noël Lefèvre'),
  marcus: subscriber('Marcus Webb'),
  luc: subscriber('Luc Thériault'),
  /** Have asked already, and are declined. */
  caleb: subscriber('Caleb Stone'),
  ines: subscriber('Inès Haddad'),
  /** Have device accounts on servers of the tests' own. */
  lena: subscriber('Lena Fischer'),
  ruth: subscriber('Ruth Adler'),
  /** Uses the keyboard alone. */
  ingrid: subscriber('Ingrid Dahl'),
  /** Their requests are done, and are only read. */
  owen: subscriber('Owen Blake'),
  theo: subscriber('Theo Grant'),
  /** Has asked and waits for a decision; only read. */
  elise: subscriber('Élise Gagnon'),
  /** Has asked for nothing; only read. */
  maya: subscriber('Maya Torres'),
  /** Not one contact was found; only read. */
  walter: subscriber('Walter Pruitt'),
  /** Comes and goes: used links, ended sessions. */
  priya: subscriber('Priya Raman'),
  nadia: subscriber('Nadia Karim'),
  /** Lost their mailbox, and sign in by a text message. */
  chantal: subscriber('Chantal Bélanger'),
  oceane: subscriber('Océane Morin'),
  /** Their recovered data is taken out of backup storage. */
  zoe: subscriber('Zoé Lavoie'),
}

/** Whose browsers the tests open. No subscriber appears in two tests that change something: tests run side by side. */
export const people = { ...staff, ...subscribers }
export type PersonName = keyof typeof people
export type SubscriberName = keyof typeof subscribers
