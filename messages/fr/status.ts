import type { status as english } from '@/messages/en/status'
import type { SameKeys } from '@/messages/same-keys'

export const status = {
  mail: {
    title: 'Courrier envoyé',
    lead: 'Dans cette démonstration, le courrier n’est pas envoyé : il est gardé ici.',
    none: 'Aucun courrier n’a encore été écrit.',
    columns: { subject: 'Objet', to: 'À', sent: 'Envoyé' },
    to: 'À {to}, le {moment}',
    text: 'En texte',
    shown: 'Comme il se présente',
    sms: 'Textos',
  },
  sms: {
    title: 'Textos envoyés',
    lead: 'Dans cette démonstration, les textos ne sont pas envoyés : ils sont gardés ici.',
    none: 'Aucun texto n’a encore été écrit. Ils sont gardés ici, car cette démonstration n’en envoie pas.',
    columns: { text: 'Texte', to: 'À', sent: 'Envoyé' },
  },
} satisfies SameKeys<typeof english>
