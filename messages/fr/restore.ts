import type { restore as english } from '@/messages/en/restore'
import type { SameKeys } from '@/messages/same-keys'

export const restore = {
  step: 'Étape {step, number} sur {steps, number}',
  next: 'Continuer',
  what: {
    title: 'Que voulez-vous récupérer ?',
    hint: 'Choisissez un ou plusieurs genres. Rien ne va sur votre appareil avant que vous ayez vérifié vos réponses.',
    older: '{records} d’une sauvegarde plus ancienne, du {day}',
    olderHint: 'La plus récente en contient moins. Prendre les deux ne met rien en double.',
    says: '{records}, état du {day}',
    damaged:
      '{count, plural, one {Un est illisible et reste en téléchargement.} other {# sont illisibles et restent en téléchargement.}}',
    nothing:
      'Rien n’a encore été récupéré pour vous : il n’y a rien à demander. Dès que quelque chose est retrouvé, vous le voyez ici.',
  },
  records: {
    title: 'Tout, ou pas tout ?',
    hint: 'Laisser des éléments de côté ne change rien ici : vous pourrez les demander plus tard.',
    all: 'Les {count, number} éléments',
    some: 'Je veux en laisser de côté, ou décider pour certains',
    chosen:
      '{out, plural, =0 {Rien de laissé de côté} one {Un élément laissé de côté} other {# éléments laissés de côté}}{own, plural, =0 {} one {, un décidé à part} other {, # décidés à part}}.',
  },
  choose: {
    title: 'Vos éléments ({category}) : que laisser de côté',
    hint: 'Ce que vous ne touchez pas revient comme vous le déciderez plus loin. Appuyez sur « Garder ces choix » avant de changer de page.',

    options: {
      as: 'Remettre',
      out: 'Laisser de côté',
      both: 'Remettre, garder les deux',
      merge: 'Remettre, fusionner',
      current: 'Remettre, garder le mien',
    },
    keep: 'Garder ces choix',
    done: 'Terminé',
    kept: 'Vos choix sont gardés.',
  },
  account: {
    title: 'Vers quel compte ?',
    hint: 'Vos appareils synchronisés avec ce compte montreront les éléments.',
    add: 'Un autre compte',
    addHint: 'Vous l’ajoutez maintenant et revenez ici.',
    none: 'Pour remettre des données, nous devons connaître le compte avec lequel votre appareil se synchronise. Vous l’ajoutez maintenant et revenez ici.',
    addNow: 'Ajouter un compte',
  },
  rule: {
    title: 'Et si votre compte a déjà le même élément, avec un autre contenu ?',
    hint: 'Les éléments présents d’un seul côté ne sont jamais concernés. Quel que soit votre choix, vous pouvez l’annuler pendant 30 jours.',
    example: 'Supposons que votre compte a {title} avec un autre numéro, plus récent, et que {value} a été récupéré.',
    both: 'Garder les deux',
    bothExample: 'Vous avez alors {title} deux fois : une fois avec votre numéro, une fois avec {value}.',
    bothHint: 'Vous aurez deux fiches : la récupérée et la vôtre.',
    merge: 'Fusionner',
    mergeHint: 'Une seule fiche. La vôtre reste telle quelle, et la récupérée ajoute ce qui lui manque.',
    mergeExample: 'Vous avez alors {title} une seule fois, avec les deux numéros.',
    mergeOnly:
      'Seuls les contacts peuvent être fusionnés. Pour tout le reste qui diffère, le vôtre est gardé et noté dans le rapport.',
    current: 'Garder le mien',
    currentExample: 'Vous avez alors {title} une seule fois, avec votre seul numéro.',
    currentHint: 'Le vôtre reste tel quel. Le récupéré n’est pas remis ; vous pouvez toujours le télécharger.',
  },
  check: {
    title: 'Vérifiez vos réponses',
    what: 'Quoi',
    records: 'Laissé de côté',
    account: 'Va vers',
    rule: 'Si les deux l’ont',
    nothingOut: 'Rien',
    prove: 'Avant de remettre vos données, nous vous demandons de confirmer que c’est bien vous.',
    next: 'L’assistance examine votre demande, en général en un jour. Puis vos données sont remises. Nous vous écrivons quand la demande est décidée, quand tout est terminé, et si nous avons besoin de vous.',
    file: 'Déposer la demande',
    asOf: '{records}, état du {day}',
  },
  filed: {
    title: 'Votre demande est déposée',
    reference: 'Votre référence',
    next: 'La suite',
    steps: {
      check: 'L’assistance l’examine, en général en un jour. Elle voit des nombres, pas le contenu.',
      restore: 'Une fois la demande approuvée, vos données sont remises. Cela prend quelques minutes.',
      report: 'Vous recevez un rapport sur chaque élément. Vous pouvez tout annuler pendant 30 jours.',
    },
    write:
      'Nous écrivons à {email} maintenant, quand votre demande est décidée, quand elle est terminée, et si nous avons besoin de vous. Vous pouvez fermer cette page.',
    contact: 'Des questions ? Répondez à l’un de nos messages en indiquant votre référence.',
    see: 'Voir où elle en est',
    home: 'Retour à mes données',
  },
  errors: {
    'choose-something': 'Choisissez ce que vous voulez récupérer',
    'choose-extent': 'Choisissez si vous voulez tout',
    'choose-account': 'Choisissez un compte',
    'choose-rule': 'Choisissez que faire des éléments présents des deux côtés',
    'too-many-choices':
      'Cela fait plus de décisions séparées qu’une demande ne peut en porter. Laissez plutôt de côté un genre entier, ou faites deux demandes',
    'no-such-account': 'Ce compte n’est plus là. Choisissez-en un autre',
    'no-such-holding':
      'Ce qui a été récupéré pour vous a changé entre-temps. Choisissez de nouveau ce que vous voulez récupérer',
    'answers-missing': 'Il manque une réponse. Reprenez les questions une fois encore',
    'key-used':
      'Avec ce formulaire, vous avez déjà demandé autre chose. Si vous voulez aussi ceci, appuyez encore une fois',
  },
} satisfies SameKeys<typeof english>
