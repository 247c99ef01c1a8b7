import type { ticketNews as english } from '@/messages/mail/en-ticket-news'
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
