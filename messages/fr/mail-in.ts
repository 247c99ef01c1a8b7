import type { mailIn as english } from '@/messages/en/mail-in'
import type { SameKeys } from '@/messages/same-keys'

export const mailIn = {
  files: 'Fichiers',
  unnamed: 'un fichier sans nom',
  file: '{name} ({size, number} ko)',
  notKept: '{name} ({size, number} ko) n’a pas été gardé : {reason}',
  refused: {
    kind: 'seuls le sont les images, les PDF, les textes, les contacts et les agendas.',
    size: 'un fichier fait au plus 10 Mo.',
    count: 'un courriel a au plus 10 fichiers.',
    empty: 'il est vide.',
  },
  trimmed: 'Ce que le courriel citait, et sa signature',
  events: {
    replied: 'Un courriel est venu de l’adresse de l’abonné',
    aside: 'Un courriel a été mis de côté : {reason}',
  },
  aside: {
    title: 'Courriels mis de côté',
    lead: 'Ils sont venus pour un ticket et n’y sont pas une réponse. Ils sont gardés 30 jours.',
    none: 'Aucun courriel n’est mis de côté.',
    size: '{size, number} ko',
    more: 'Seuls les {count, number} plus récents sont affichés.',
    columns: { when: 'Quand', ticket: 'Ticket', from: 'De', why: 'Pourquoi' },
    noSender: 'aucune adresse lisible',
    reasons: {
      'other-address': 'Il vient d’une autre adresse que celle de l’abonné.',
      automatic: 'Un programme ou une liste de diffusion l’a envoyé.',
      loop: 'Il nous est revenu.',
      'too-many': 'Plus de 20 courriels sont venus pour le ticket en une heure.',
      unreadable: 'Il ne peut pas être lu.',
      empty: 'Il ne dit rien.',
      'too-long': 'Il a plus de mots qu’un message ne peut en avoir.',
    },
  },
} satisfies SameKeys<typeof english>
