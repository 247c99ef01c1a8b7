import { Chance, seedOf } from '@/prisma/demonstration/chance'
import { type CarrierSlug, type DemoSubscriber, mailName, subscribers } from '@/prisma/demonstration/people'

const names = {
  harbor: {
    given: ['Ada', 'Bram', 'Cora', 'Dexter', 'Edna', 'Floyd', 'Greta', 'Hollis', 'Ivy', 'Jonas'],
    family: ['Applegate', 'Birchwood', 'Copperfield', 'Dovecote', 'Elderberry', 'Foxglove', 'Goosefoot', 'Heatherly'],
  },
  boreal: {
    given: ['Anaïs', 'Bastien', 'Corinne', 'Delphine', 'Étienne', 'Fabienne', 'Gaël', 'Héloïse', 'Ignace', 'Joëlle'],
    family: ['Aubépine', 'Bouleau', 'Cerisier', 'Framboise', 'Genévrier', 'Hirondelle'],
  },
} as const
const account = { harbor: 'HW', boreal: 'BM' } as const
// Numbers kept for fiction end in 555-0100 to 555-0199.
const areas = { harbor: ['503', '509'], boreal: ['514', '819'] } as const
const regions = { harbor: ['Washington', 'Oregon'], boreal: ['Québec', 'Ontario'] } as const
const fates = ['well', 'partial', 'damaged', 'missing', 'well', 'partial', 'well'] as const

function crowdOf(carrier: CarrierSlug): DemoSubscriber[] {
  const { given, family } = names[carrier]
  return family
    .flatMap(last => given.map(first => `${first} ${last}`))
    .map((name, i) => {
      const id = `${account[carrier]}-2${String(i + 1).padStart(3, '0')}`
      const chance = new Chance(seedOf(`${id} person`))
      return {
        id,
        carrier,
        name,
        email: `${mailName(name)}@${carrier}.example`,
        phone: `+1 ${areas[carrier][i % 2]} 555 01${String((i >> 1) + 10).padStart(2, '0')}`,
        // One in eight is written to in the other language than most of their carrier's people.
        language: (carrier === 'harbor') === chance.happens(0.875) ? 'en' : 'fr',
        region: chance.pick(regions[carrier]),
        deviceModel: chance.happens(0.6) ? 'Slide' : 'Slide LX',
        fate: fates[i % fates.length]!,
      }
    })
}

/** The many who write in the same days, 80 and 60: what they write fills the queue. */
export const crowd: DemoSubscriber[] = [...crowdOf('harbor'), ...crowdOf('boreal')]

/** All whom the demonstration knows. */
export const everybodyInIt: readonly DemoSubscriber[] = [...subscribers, ...crowd]
