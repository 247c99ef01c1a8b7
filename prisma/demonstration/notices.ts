import type { Actor } from '@/domain/actor'
import { approveNotice } from '@/domain/notice/approve-notice'
import type { Audience } from '@/domain/notice/audience'
import { draftNotice } from '@/domain/notice/draft-notice'
import { editNotice } from '@/domain/notice/edit-notice'
import { publishNotice } from '@/domain/notice/publish-notice'
import { saveTemplate } from '@/domain/notice/save-template'
import { submitNotice } from '@/domain/notice/submit-notice'
import { withdrawNotice } from '@/domain/notice/withdraw-notice'
import { reader } from '@/domain/transaction'
import { incident } from '@/prisma/demonstration/incident'
import type { CarrierSlug } from '@/prisma/demonstration/people'

const texts = {
  titleEn: '',
  titleFr: '',
  bodyEn: '',
  bodyFr: '',
  smsEn: '',
  smsFr: '',
}

/** How far each has come. Nobody is written to about what is told here: it happened long ago. */
const notices: {
  carrier: CarrierSlug
  reaches: 'draft' | 'submitted' | 'approved' | 'published' | 'withdrawn'
  at: Date
  audience: Audience
  texts: Partial<typeof texts>
}[] = [
  {
    carrier: 'harbor',
    reaches: 'withdrawn',
    at: new Date('2009-10-09T21:30:00Z'),
    audience: { everyone: true },
    texts: {
      titleEn: 'Restart your device to get your contacts back',
      titleFr: 'Redémarrez votre appareil pour retrouver vos contacts',
      bodyEn: 'Take the battery out for a minute, then switch the device on again.',
      bodyFr: 'Retirez la batterie une minute, puis rallumez l’appareil.',
    },
  },
  {
    carrier: 'harbor',
    reaches: 'published',
    at: new Date('2009-10-10T18:00:00Z'),
    audience: { everyone: true },
    texts: {
      titleEn: 'Keep your device switched on',
      titleFr: 'Laissez votre appareil allumé',
      bodyEn:
        'Dear {{subscriber.name}},\n\nwhat your device still shows may be the only copy. **Do not** remove the battery, reset it or let it run empty.\n\n{{carrier.name}}',
      bodyFr:
        'Bonjour {{subscriber.name}},\n\nce que votre appareil montre encore est peut-être la seule copie. **Ne** retirez **pas** la batterie, ne le réinitialisez pas et ne le laissez pas se décharger.\n\n{{carrier.name}}',
    },
  },
  {
    carrier: 'harbor',
    reaches: 'submitted',
    at: new Date('2009-10-16T15:00:00Z'),
    audience: { categoriesLost: ['contacts'] },
    texts: {
      titleEn: 'Most contacts can be brought back',
      titleFr: 'La plupart des contacts peuvent être rendus',
      bodyEn: 'Sign in at {{portal.url}}, look at what was found for you and ask for it back.',
      bodyFr: 'Connectez-vous sur {{portal.url}}, regardez ce qui a été retrouvé pour vous et demandez-le.',
      smsEn: 'Most contacts were found. Ask for yours: {{portal.url}}',
      smsFr: 'La plupart des contacts sont retrouvés. Demandez les vôtres : {{portal.url}}',
    },
  },
  {
    carrier: 'harbor',
    reaches: 'approved',
    at: new Date('2009-10-17T15:00:00Z'),
    audience: { requestStates: ['done'] },
    texts: {
      titleEn: 'How was it?',
      titleFr: 'Comment cela s’est-il passé\u202f?',
      bodyEn: 'Your data is back. Look through the report, and undo it within 30 days if something is wrong.',
      bodyFr: 'Vos données sont revenues. Parcourez le rapport, et annulez sous 30 jours si quelque chose ne va pas.',
    },
  },
  {
    carrier: 'harbor',
    reaches: 'draft',
    at: new Date('2009-10-18T09:00:00Z'),
    audience: {},
    texts: { titleEn: 'A month of data service free', bodyEn: 'We credit your next bill, {{subscriber.name}}.' },
  },
  {
    carrier: 'boreal',
    reaches: 'published',
    at: new Date('2009-10-10T20:00:00Z'),
    audience: { everyone: true },
    texts: {
      titleEn: 'What we know about your data',
      titleFr: 'Ce que nous savons de vos données',
      bodyEn: 'Recovery goes on. Whatever is found appears at {{portal.url}}; nothing is put on your device unasked.',
      bodyFr:
        'La récupération continue. Ce qui est retrouvé apparaît sur {{portal.url}} ; rien n’est mis sur votre appareil sans votre demande.',
    },
  },
]

const withdrawn = {
  reasonEn: 'It was wrong: without its battery the device can lose the last copy. We apologize for the harm it did.',
  reasonFr: 'C’était faux : sans batterie, l’appareil peut perdre la dernière copie. Nous regrettons le tort causé.',
}

/** The two carriers' notices, each as far as its own two people have brought it. */
export async function tellNotices(): Promise<void> {
  const { id: incidentId } = await reader('every-carrier').incident.findUniqueOrThrow({
    where: { slug: incident.slug },
  })
  for (const notice of notices) {
    const { author, approver } = await peopleOf(notice.carrier, notice.at)
    const { at, audience, reaches } = notice
    const { noticeId } = await draftNotice(author, { carrierId: author.carrierId }, at)
    const content = { ...texts, ...notice.texts, audience, incidentId, oneLanguage: false, channels: [] }
    await editNotice(author, { noticeId, version: 1, ...content }, at)
    if (reaches === 'draft') continue
    await submitNotice(author, { noticeId }, at)
    if (reaches === 'submitted') continue
    await approveNotice(approver, { noticeId }, at)
    if (reaches === 'approved') continue
    await publishNotice(approver, { noticeId }, at)
    if (reaches === 'withdrawn') await withdrawNotice(approver, { noticeId, ...withdrawn }, later(at))
  }
  const { author } = await peopleOf('harbor', new Date())
  const delay = {
    titleEn: '{{incident.title}}: it takes longer',
    titleFr: '{{incident.title}}\u00a0: cela prend plus de temps',
    bodyEn: 'Dear {{subscriber.name}}, we will write again as soon as we know more.',
    bodyFr: 'Bonjour {{subscriber.name}}, nous écrirons de nouveau dès que nous en saurons plus.',
  }
  await saveTemplate(author, { carrierId: author.carrierId, name: 'Delay', ...texts, ...delay })
}

const later = (at: Date): Date => new Date(at.getTime() + 3 * 3_600_000)

type CarrierStaff = Extract<Actor, { staffId: string }> & { carrierId: string }

async function peopleOf(slug: CarrierSlug, provedAt: Date): Promise<{ author: CarrierStaff; approver: CarrierStaff }> {
  const actor = async (role: 'carrier_author' | 'carrier_approver'): Promise<CarrierStaff> => {
    const { id, carrierId } = await reader('every-carrier').staff.findFirstOrThrow({
      where: { role, carrier: { slug } },
    })
    return { role, staffId: id, carrierId: carrierId!, provedAt }
  }
  return { author: await actor('carrier_author'), approver: await actor('carrier_approver') }
}
