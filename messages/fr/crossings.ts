import type { crossings as english } from '@/messages/en/crossings'
import type { SameKeys } from '@/messages/same-keys'

export const crossings = {
  list: 'Entre vous et une autre personne',
  title: {
    source: 'Vos données dans le compte d’une autre personne',
    target: 'Les données d’une autre personne dans votre compte',
  },
  back: 'Sécurité',
  lead: {
    source:
      'L’assistance demande, sur la parole de deux personnes, que ce qui a été récupéré pour vous soit mis dans le compte de {account}. Cette personne l’a alors pour toujours : elle peut le lire, le changer et le transmettre.',
    target:
      'L’assistance demande, sur la parole de deux personnes, que ce qui a été récupéré pour {account} soit mis dans un compte à vous. Tout ce que vous y avez reste tel quel.',
  },
  leadDone: {
    source:
      'Sur la parole de deux personnes de l’assistance, et avec votre accord à tous les deux, ce qui a été récupéré pour vous a été mis dans le compte de {account}.',
    target:
      'Avec votre accord à tous les deux, ce qui a été récupéré pour {account} a été mis dans un compte à vous. Tout ce que vous y aviez est resté tel quel.',
  },
  leadUndone: {
    source: 'Ce qui avait été mis dans le compte de {account} en a été retiré. Ce qui y a été changé depuis est resté.',
    target:
      'Ce qui, de {account}, avait été mis dans votre compte en a été retiré. Ce que vous avez changé depuis est resté, comme tout ce qui est à vous.',
  },
  leadOver: {
    source:
      'L’assistance avait demandé que ce qui a été récupéré pour vous soit mis dans le compte de {account}. C’est terminé, et rien n’y a été mis.',
    target:
      'L’assistance avait demandé que ce qui a été récupéré pour {account} soit mis dans un compte à vous. C’est terminé, et rien n’y a été mis.',
  },
  warning:
    'Ne dites oui que si vous connaissez cette personne et le voulez. Personne à l’assistance ne peut vous demander un code ni insister pour un oui. Si vous ne vous y attendiez pas, dites non : tout prend fin aussitôt, et rien n’a été mis nulle part.',
  facts: {
    other: 'Numéro de compte de l’autre personne',
    own: 'Le vôtre',
    you: 'Vous',
    they: 'L’autre personne',
    until: 'Répondre avant le',
    opens: 'Pas avant le',
  },
  yes: 'Oui, {moment}',
  notYet: 'Pas encore de réponse',
  what: 'De quoi il s’agit',
  columns: { category: 'Sorte', asked: 'Éléments', there: 'Dans le compte', notThere: 'Pas mis' },
  placed:
    '{count, plural, one {# élément de {account} a été mis} other {# éléments de {account} ont été mis}} ici le {moment}, sur la parole de deux personnes.',
  states: {
    asked: 'Demandé',
    open: 'Attend votre réponse',
    other: 'Attend l’autre personne',
    filed: 'Les deux ont dit oui',
    refused: 'Quelqu’un a dit non',
    expired: 'Expiré',
    ended: 'Terminé',
  },
  forSupport: {
    asked: 'Une autre personne de l’assistance doit accepter',
    open: 'Attend la réponse des deux personnes',
    filed: 'Les deux ont dit oui',
    refused: 'L’une des deux a dit non',
    expired: 'Les réponses ne sont pas venues à temps',
    ended: 'Terminé',
  },
  own: 'Ce sont des données de {account}, et non les vôtres. Vous avez dit oui tous les deux pour qu’elles soient mises dans votre compte.',
  unnamed:
    'Le nom des éléments d’une autre personne n’est pas affiché ici. Ce qui a été mis dans votre compte se trouve dans celui-ci.',
  stages: { held: 'Arrêté', done: 'Terminé', undone: 'Retiré' },
  progress: {
    filed: 'Deux personnes de l’assistance l’approuvent après le délai.',
    approved: 'Approuvé. Cela commence bientôt.',
    declined: 'L’assistance l’a refusé. Rien n’a été mis nulle part.',
    running: 'C’est en cours.',
    waiting: 'C’est en cours.',
    held: 'C’est arrêté.',
  },
  consent: 'Oui, je le veux',
  refuse: 'Non',
  undo: 'Le retirer',
  undoText: 'Ce qui y a été mis et n’a pas été changé depuis est retiré. Le reste du compte ne change pas.',
  see: 'Voir et répondre',
  look: 'Voir où cela en est',
  done: {
    consented: 'Votre oui est noté.',
    refused: 'Votre non est noté. C’est terminé.',
    undo: 'Le retrait est en cours.',
  },
  ask: {
    open: 'Plutôt dans le compte d’une autre personne',
    text: 'Pour quelqu’un dont le contrat ou le numéro de compte a changé, ou une famille dont l’appareil a été remplacé. Une autre personne de l’assistance doit accepter, puis les deux personnes, chacune avec une deuxième preuve, et ensuite il y a un délai de 72 heures.',
    to: 'Numéro de compte de l’autre personne',
    toHint: 'Tel que l’opérateur l’écrit, lettre pour lettre.',
    find: 'Chercher ses comptes',
    title: 'Dans le compte d’une autre personne',
    account: 'Lequel de ses comptes ?',
    accountHint: 'Seulement ceux qui étaient connus avant l’incident.',
    none: 'Aucun autre abonné de cet opérateur avec ce numéro de compte n’a de compte connu avant l’incident.',
    why: 'Pourquoi, et comment savez-vous que les deux le veulent ?',
    whyHint: 'Pour la personne qui décide. Ne nommez personne, et rien de ce que disent les éléments.',
    ask: 'Le demander',
    sent: 'Il a été demandé de mettre ceci dans le compte de {account}.',
    sentSee: 'Voir où cela en est',
    carriedTitle: 'Les données d’une autre personne',
    two: 'Deux personnes doivent approuver',
    cooling: 'La seconde approbation compte à partir du {moment}, 72 heures après les deux oui.',
    waited: 'Les 72 heures depuis les deux oui sont écoulées.',
    approveText:
      'Les données y sont alors mises aussitôt. Les deux personnes ont prouvé leur identité en disant oui ; pendant 30 jours, chacune peut les faire retirer.',
    filedBy: 'Les deux personnes ont dit oui',
    carried:
      'Ce sont des données de {account}, à mettre dans le compte de l’abonné de cette demande. Les deux ont dit oui.',
    over: 'L’une des deux a dit non, ou a été bloquée ou effacée, après les deux oui. Cela ne peut plus être approuvé, et la demande est refusée d’elle-même.',
    undo: 'Retirer ces données du compte',
  },
  errors: {
    'crossing-over': 'C’est décidé, terminé ou expiré',
    'decision-moot': 'Ce qui était demandé n’attend plus de décision',
    'crossing-no-account': 'Le compte n’existe plus',
    'source-withheld': 'Ce qui a été récupéré n’est pas remis pour le moment',
    'held-frozen': 'Le compte de l’un de vous deux est gelé : rien n’est remis',
    'held-locked': 'L’un de vous deux a verrouillé les restaurations : rien n’est remis',
    'held-changed':
      'Une carte SIM, une adresse ou une clé d’accès de l’un de vous a été changée il y a moins de dix jours : rien n’est remis',
    'cannot-undo': 'Cela ne peut plus être retiré, ou est déjà en train de l’être',
    'undo-over': 'Les 30 jours pendant lesquels cela pouvait être retiré sont passés',
    'changed-meanwhile': 'Cela a changé entre-temps. Regardez de nouveau',
    'form-expired': 'Envoyez le formulaire encore une fois',
  },
} satisfies SameKeys<typeof english>
