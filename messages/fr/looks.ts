import type { looks as english } from '@/messages/en/looks'
import type { SameKeys } from '@/messages/same-keys'

export const looks = {
  ask: {
    title: 'Regarder des données',
    link: 'Regarder le contenu des données',
    back: 'Demande {reference}',
    lead: 'Vous voyez des nombres, car le contenu des données appartient à l’abonné. Si les nombres ne suffisent pas, dites pourquoi, et regardez pendant {minutes, plural, one {# minute} other {# minutes}}.',
    told: 'L’abonné lit votre raison, votre rôle et l’heure, pas votre nom. Toutes ses adresses sont prévenues aussitôt.',
    none: 'Il n’y a rien à regarder : rien n’a été récupéré, ou tout est retenu.',
    holding: 'Quelles données',
    one: '{category}, {count, plural, one {# élément} other {# éléments}}, état du {day}',
    reason: 'Pourquoi',
    note: 'Avec vos propres mots',
    noteHint: 'L’abonné lit ceci. N’y nommez personne d’autre.',
    go: 'Les regarder',
  },
  reasons: {
    asked: 'L’abonné nous a demandé de regarder',
    complaint: 'L’abonné dit que des données sont fausses ou manquent',
    unreadable: 'Pour savoir pourquoi des données ne peuvent être lues ou restaurées',
    misuse: 'Pour savoir si quelqu’un d’autre a eu accès aux données',
    other: 'Une autre raison',
  },
  view: {
    title: '{category} de {who}',
    until: 'Jusqu’au {moment}. L’abonné a été prévenu que vous regardez.',
    unnamed: 'compte {id}',
    back: 'Données',
  },
  list: {
    title: 'Consultations de données',
    nav: 'Consultations',
    lead: 'Qui, parmi le personnel, a regardé le contenu des données d’un abonné, quand, pourquoi et lesquelles. Pas ce qui a été vu.',
    none: 'Personne n’a regardé de données.',
    columns: {
      when: 'Quand',
      who: 'Qui a regardé',
      whose: 'Données de qui',
      what: 'Lesquelles',
      why: 'Pourquoi',
    },
    pages: 'Pages des consultations',
    first: 'Les dernières',
    next: 'Les précédentes',
  },
  own: {
    title: 'Qui a regardé vos données',
    lead: 'Les personnes de l’assistance voient combien de données vous avez. Pour voir leur contenu, elles doivent donner une raison. Chaque fois est notée ici.',
    none: 'Personne n’a regardé le contenu de vos données.',
    by: '{role}, {carrier}',
    said: 'Ce que cette personne a écrit : « {note} »',
    request: 'À propos de votre demande {reference}',
  },
  errors: {
    'look-holding': 'Choisissez quelles données',
    'look-reason': 'Choisissez pourquoi vous regardez',
    'look-note': 'Dites pourquoi en dix lettres ou plus : l’abonné le lit',
    'look-note-long': 'Dites-le en 1 000 lettres ou moins',
    'look-locked': 'L’abonné a verrouillé ses données. Personne ne les regarde tant qu’il ne les déverrouille pas',
    'look-held':
      'Le compte de l’abonné est retenu. Seul un responsable de l’assistance regarde les données pour le moment',
  },
} satisfies SameKeys<typeof english>
