import type { atHand as english } from '@/messages/en/at-hand'
import type { SameKeys } from '@/messages/same-keys'

export const atHand = {
  presence: {
    now: '{name} regarde ceci en ce moment',
    opened: '{name} a ouvert ceci {relative} ({moment})',
    text: 'Cela n’empêche personne d’agir : la première décision compte.',
    gone: 'Plus aucun collègue ne regarde ceci.',
  },
  kept: {
    title: 'Ce que vous aviez saisi',
    text: 'Rien n’a été envoyé, et rien n’a changé de ce fait.',
    reason: 'Raison : {reason}',
  },
  working: {
    title: 'Votre façon de travailler',
    lead: 'Ces choix sont les vôtres, où que vous vous connectiez.',
    link: 'Votre façon de travailler',
    back: 'File d’attente',
    languages: 'Langues dans lesquelles vous travaillez',
    languagesHint:
      '« Prendre le dossier suivant » vous donne des dossiers dans ces langues. Ceux dans une autre attendent {minutes, plural, one {# minute} other {# minutes}} quelqu’un qui y travaille, puis vous reviennent aussi.',
    save: 'Garder ces langues',
    shortcuts: 'Raccourcis clavier',
    on: 'Une seule touche suffit pour agir dans la console : les raccourcis sont activés.',
    off: 'Une seule touche ne fait rien dans la console : les raccourcis sont désactivés.',
    switchOn: 'Activer les raccourcis',
    switchOff: 'Désactiver les raccourcis',
    done: {
      languages: 'Vos langues sont enregistrées',
      on: 'Les raccourcis clavier sont activés',
      off: 'Les raccourcis clavier sont désactivés',
    },
    ofMember: 'Langues dans lesquelles cette personne travaille',
    ofMemberText: 'La prochaine demande qu’elle prend est dans l’une d’elles, ou a déjà attendu un moment.',
  },
  keys: {
    open: 'Raccourcis clavier',
    title: 'Raccourcis clavier',
    lead: 'Ils agissent quand vous n’écrivez pas dans un champ, et jamais avec Ctrl, Alt ou Cmd.',
    key: 'Touche',
    act: 'Ce qu’elle fait',
    list: {
      j: 'Aller à la ligne suivante',
      k: 'Aller à la ligne précédente',
      o: 'Ouvrir la ligne',
      n: 'Prendre le dossier suivant',
      t: 'S’occuper de la demande',
      a: 'Aller au bouton qui approuve ; Entrée approuve',
      d: 'Refuser : aller aux raisons',
      h: 'Retenir : aller au formulaire',
      m: 'Fusionner : aller au formulaire',
      c: 'Répondre : aller au texte',
      search: 'Rechercher',
      help: 'Montrer cette liste',
    },
    close: 'Fermer',
    nothing: 'Rien ici ne répond à cette touche.',
  },
  errors: {
    'languages-missing': 'Choisissez au moins une langue',
    languages: 'Choisissez au moins une langue',
  },
} satisfies SameKeys<typeof english>
