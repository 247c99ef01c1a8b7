import type { Language, StaffRole } from '@/prisma/generated/enums'

/** Everybody here is invented: example domains (RFC 2606) and telephone numbers kept for fiction (555-01xx). */
export const carriers = [
  { slug: 'harbor', name: 'Harbor Wireless', country: 'US' },
  { slug: 'boreal', name: 'Boréal Mobile', country: 'CA' },
] as const
export type CarrierSlug = (typeof carriers)[number]['slug']

export interface DemoSubscriber {
  id: string
  carrier: CarrierSlug
  name: string
  email: string
  phone: string
  language: Language
  region: string
  deviceModel: string
  /** How the story treats them. */
  fate: 'well' | 'partial' | 'damaged' | 'missing'
}

const harbor = [
  'Maya Torres',
  'Owen Blake',
  'Priya Raman',
  'Daniel Cho',
  'Ruth Adler',
  'Caleb Stone',
  'Lena Fischer',
  'Marcus Webb',
  'Ingrid Dahl',
  'Theo Grant',
  'Nadia Karim',
  'Walter Pruitt',
  'Jo Kim',
] as const
const boreal = [
  'Élise Gagnon',
  'Mathieu Côté',
  'Chantal Bélanger',
  'Noël Lefèvre',
  'Amélie Roy',
  'Hugo Desrosiers',
  'Zoé Lavoie',
  'François Pelletier',
  'Inès Haddad',
  'Luc Thériault',
  'Océane Morin',
  'Grace Whitfield',
] as const

const regions = { harbor: ['Washington', 'Oregon'], boreal: ['Québec', 'Ontario'] } as const

const fates = ['well', 'partial', 'well', 'damaged', 'well', 'missing'] as const

export const mailName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.')

export const subscribers: DemoSubscriber[] = [
  ...harbor.map((name, i) => person('harbor', name, i)),
  ...boreal.map((name, i) => person('boreal', name, i)),
]

function person(carrier: CarrierSlug, name: string, i: number): DemoSubscriber {
  const number = String(i + 10).padStart(2, '0')
  return {
    id: `${carrier === 'harbor' ? 'HW' : 'BM'}-10${number}`,
    carrier,
    name,
    email: `${mailName(name)}@${carrier}.example`,
    phone: carrier === 'harbor' ? `+1 206 555 01${number}` : `+1 418 555 01${number}`,
    language: carrier === 'harbor' || name === 'Grace Whitfield' ? 'en' : 'fr',
    region: regions[carrier][i % 2]!,
    deviceModel: i % 3 === 0 ? 'Slide LX' : 'Slide',
    fate: fates[i % fates.length]!,
  }
}

export const staff: {
  email: string
  name: string
  role: StaffRole
  carrier: CarrierSlug | null
  language: Language
}[] = [
  { email: 'admin@homeward.example', name: 'Administrator', role: 'administrator', carrier: null, language: 'en' },
  { email: 'lead@homeward.example', name: 'Support lead', role: 'support_lead', carrier: null, language: 'en' },
  // What takes two people takes two of these.
  { email: 'deputy@homeward.example', name: 'Deputy lead', role: 'support_lead', carrier: null, language: 'en' },
  { email: 'second@homeward.example', name: 'Second admin', role: 'administrator', carrier: null, language: 'fr' },
  { email: 'support@harbor.example', name: 'Harbor support', role: 'support_agent', carrier: 'harbor', language: 'en' },
  { email: 'soutien@boreal.example', name: 'Soutien Boréal', role: 'support_agent', carrier: 'boreal', language: 'fr' },
  {
    email: 'notices@harbor.example',
    name: 'Harbor notices',
    role: 'carrier_author',
    carrier: 'harbor',
    language: 'en',
  },
  {
    email: 'approval@harbor.example',
    name: 'Harbor approval',
    role: 'carrier_approver',
    carrier: 'harbor',
    language: 'en',
  },
  {
    email: 'annonces@boreal.example',
    name: 'Annonces Boréal',
    role: 'carrier_author',
    carrier: 'boreal',
    language: 'fr',
  },
  {
    email: 'approbation@boreal.example',
    name: 'Approbation Boréal',
    role: 'carrier_approver',
    carrier: 'boreal',
    language: 'fr',
  },
  {
    email: 'incidents@homeward.example',
    name: 'Incident manager',
    role: 'incident_manager',
    carrier: null,
    language: 'en',
  },
  { email: 'auditor@homeward.example', name: 'Auditor', role: 'auditor', carrier: null, language: 'en' },
]
