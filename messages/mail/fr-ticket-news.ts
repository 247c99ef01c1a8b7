import type { ticketNews as english, resolved as englishResolved } from '@/messages/mail/en-ticket-news'
import type { SameKeys } from '@/messages/same-keys'

export const ticketNews = {
  'watched-replied': {
    subject: 'L’abonné a écrit : {reference}',
    text: 'L’abonné a écrit dans {reference}, qui attend une réponse.',
  },
  'watched-escalated': {
    subject: 'Signalé à un responsable : {reference}',
    text: 'Un collègue a signalé {reference} à un responsable.',
  },
  'watched-resolved': { subject: 'Résolu : {reference}', text: '{reference} a été résolu.' },
  'watched-reopened': { subject: 'Rouvert : {reference}', text: '{reference} a été rouvert.' },
  escalated: {
    subject: 'Un ticket demande un responsable : {reference}',
    text: 'Un collègue vous signale {reference} et y dit pourquoi. Personne ne s’en occupe en ce moment.',
  },
  see: 'Ouvrir le ticket',
  why: 'Vous recevez ce message parce que vous suivez ce ticket. Sa page permet d’arrêter.',
} satisfies SameKeys<typeof english>

/** What the subscriber is told of a ticket that was resolved without an answer. */
export const resolved = {
  title: 'Résolu : {reference}',
  text: 'L’assistance a résolu {reference} : il ne reste rien à y faire.',
  again:
    'Si ce n’est pas votre avis, écrivez à nouveau sur sa page. Le dossier est alors rouvert, et l’assistance vous lit.',
  againByMail:
    'Si ce n’est pas votre avis, écrivez à nouveau : sur sa page, ou en répondant à ce courrier. Le dossier est alors rouvert, et l’assistance vous lit.',
  button: 'Tout lire, ou écrire à nouveau',
  rate: 'À la fin de cette page, vous pouvez dire comment cela s’est passé.',
} satisfies SameKeys<typeof englishResolved>
