import type { status as english } from '@/messages/en/status'
import type { SameKeys } from '@/messages/same-keys'

export const status = {
  title: 'Ce qui se passe',
  none: {
    title: 'Aucun incident n’est connu',
    text: 'Si des données manquent sur votre appareil, connectez-vous : vous y verrez ce que l’on sait des vôtres.',
  },
  since: 'Depuis le {day}',
  incident: {
    investigating: 'En cours d’examen',
    identified: 'La cause est connue',
    monitoring: 'Restauration en cours',
    resolved: 'Résolu',
    postmortem: 'Bilan tiré',
  },
  signIn: {
    heading: 'Vos données',
    text: 'Connectez-vous pour voir ce qui a été récupéré pour vous, et pour le demander. Rien ne va sur votre appareil tant que vous ne le dites pas.',
    go: 'Se connecter',
    goHome: 'Voir mes données',
  },
  mail: {
    title: 'Courrier envoyé',
    lead: 'Dans cette démonstration, le courrier n’est pas envoyé : il est gardé ici.',
    none: 'Aucun courrier n’a encore été écrit.',
    columns: { subject: 'Objet', to: 'À', sent: 'Envoyé' },
    to: 'À {to}, le {moment}',
    text: 'En texte',
    shown: 'Comme il se présente',
  },
} satisfies SameKeys<typeof english>
