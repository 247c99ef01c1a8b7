import type { reasons as english } from '@/messages/en/reasons'
import type { SameKeys } from '@/messages/same-keys'

export const reasons = {
  missing: {
    name: 'nom',
    phone: 'numéro de téléphone',
    email: 'adresse électronique',
    address: 'adresse postale',
    organization: 'société',
    title: 'titre',
    birthday: 'date de naissance',
    url: 'adresse web',
    note: 'note',
    im: 'pseudonyme',
    photo: 'image',
    start: 'début',
    'date-unreadable': 'une date lisible',
    'rule-unreadable': 'la façon dont il se répète',
    'time-zone': 'fuseau horaire',
    'text-unreadable': 'une partie du texte',
    'unreadable-line': 'une ligne lisible',
    'cut-off': 'la fin',
    other: 'un autre champ',
  },
  damage: {
    'no-structure': 'Ces octets n’appartiennent à aucun élément.',
    'cut-off': 'Il n’en reste que le début, et rien n’y est utilisable.',
    'not-text': 'Ce n’est plus du texte.',
    'nothing-readable': 'Rien n’y est lisible.',
    unsupported: 'C’est d’un genre que nous ne savons pas lire.',
    'too-large': 'C’est trop volumineux pour être lu.',
    other: 'C’est illisible.',
  },
  outcomes: {
    created: 'Rendu',
    merged: 'Fusionné',
    keptBoth: 'Gardé à côté du vôtre',
    alreadyPresent: 'Déjà là',
    skipped: 'Laissé de côté',
    failed: 'Non rendu',
  },
  outcome: {
    'fields-added': 'Déjà dans votre compte. Ce qui y manquait a été ajouté ; rien du vôtre n’a été modifié.',
    replaced:
      'Dans votre compte avec un autre contenu. L’élément récupéré en a pris la place, comme deux personnes de l’assistance l’ont décidé. L’annulation remet le vôtre.',
    'differs-from-account': 'Aussi dans votre compte, avec un autre contenu. Vous avez maintenant les deux.',
    'same-uid-twice':
      'Les données récupérées contenaient des éléments différents sous une même marque. Vous les avez tous.',
    'match-already-merged':
      'Un autre élément récupéré a été fusionné avec celui de votre compte ; celui-ci est donc placé à côté.',
    'equal-in-account': 'La même chose était déjà dans votre compte.',
    'equal-in-this-restore': 'Deux fois dans les données récupérées, une fois dans votre compte.',
    'nothing-to-add': 'Votre compte dit déjà tout ce qui a été récupéré.',
    'restored-before': 'Déjà remis par une restauration précédente.',
    damaged: 'Illisible. L’original peut être téléchargé.',
    'kept-current': 'Dans votre compte avec un autre contenu, et vous avez choisi de garder le vôtre.',
    'cannot-be-merged':
      'Dans votre compte avec un autre contenu. Seuls les contacts peuvent être fusionnés : le vôtre a été gardé.',
    'others-invited':
      'Dans votre compte avec un autre contenu. D’autres personnes y participent et recevraient un message : le vôtre a été gardé.',
    'left-out': 'Laissé de côté par vous.',
    'no-place-for-notes': 'Votre compte n’accepte pas de notes. Elles restent ici en téléchargement.',
    'no-place-for-category': 'Votre compte n’a pas de place pour ce genre d’élément. Il reste ici en téléchargement.',
    'unsupported-type': 'Le serveur de votre compte n’accepte pas ce genre d’élément.',
    'not-accepted': 'Refusé par le serveur de votre compte.',
    'too-large': 'Au-delà de la taille permise par le serveur de votre compte.',
    forbidden: 'Le serveur de votre compte ne permet pas d’écrire ici.',
    'server-error': 'Le serveur de votre compte a échoué ici, même après un nouvel essai.',
    'changed-meanwhile': 'Modifié dans votre compte pendant que nous écrivions. Le vôtre a été gardé.',
    'name-taken': 'Autre chose occupe cette place dans votre compte. Rien n’a été écrasé.',
    'uid-taken': 'Votre compte a un autre élément sous la même marque. Rien n’a été écrasé.',
    'not-readable-afterwards': 'Envoyé, et non rendu par votre compte lors de notre vérification.',
    'source-changed':
      'Les données récupérées ne sont pas celles que nous avions vérifiées ; rien n’en a donc été envoyé.',
  },
  undo: {
    removed: 'Retiré',
    putBack: 'Remis comme avant',
    spared: 'Laissé tel quel',
    gone: 'Avait déjà disparu',
    untouched: 'N’avait pas été modifié',
    failed: 'N’a pas pu être annulé',
    'changed-since': 'Vous l’avez modifié depuis ; nous l’avons laissé.',
    failedBecause: 'Le serveur de votre compte ne l’a pas permis.',
    goneBecause: 'Il n’était plus dans votre compte.',
  },
  wait: {
    'password-refused': {
      title: 'Votre compte n’accepte plus le mot de passe que nous avons',
      text: 'Donnez-nous le nouveau mot de passe : la restauration reprend là où elle s’est arrêtée.',
    },
    'account-full': {
      title: 'Votre compte est plein',
      text: 'Faites-y de la place, par exemple en vidant sa corbeille, puis appuyez sur « Continuer ». Nous réessayons aussi de nous-mêmes toutes les six heures.',
    },
    'server-unreachable': {
      title: 'Nous ne parvenons pas à joindre le serveur de votre compte',
      text: 'Vous n’avez rien à faire. Nous réessayons toutes les 15 minutes et reprenons là où nous nous sommes arrêtés.',
    },
    'server-busy': {
      title: 'Le serveur de votre compte nous demande de ralentir',
      text: 'Vous n’avez rien à faire. Nous continuons dès qu’il nous le permet.',
    },
    'account-not-found': {
      title: 'Votre compte n’est plus là où il était',
      text: 'Son serveur dit que cette adresse n’existe pas. Vérifiez le compte dans les réglages de votre appareil, puis ajoutez-le de nouveau ou appuyez sur « Continuer ».',
    },
    'address-not-allowed': {
      title: 'Nous n’avons pas le droit de nous connecter à l’adresse de votre compte',
      text: 'L’assistance s’en occupe, et nous vous écrirons quand ce sera terminé. Rien n’est perdu.',
    },
    'server-not-understood': {
      title: 'Le serveur de votre compte répond d’une façon que nous ne comprenons pas',
      text: 'L’assistance s’en occupe, et nous vous écrirons quand ce sera terminé. Rien n’est perdu.',
    },
    'source-changed': {
      title: 'Nous nous sommes arrêtés, car les données récupérées ne sont pas celles que nous avions vérifiées',
      text: 'Rien de douteux n’est mis dans votre compte. L’assistance s’en occupe, et nous vous écrirons quand ce sera terminé.',
    },
    'batch-withheld': {
      title: 'Nous nous sommes arrêtés, car ce qui a été récupéré pour vous est vérifié encore une fois',
      text: 'Vous n’avez rien à faire. Rien de plus n’en est mis dans votre compte avant la fin de cette vérification ; nous reprenons ensuite de nous-mêmes là où nous nous sommes arrêtés.',
    },
    vanishing: {
      title: 'Des éléments que nous avons rendus disparaissent de votre compte',
      text: 'Le plus probable : un appareil sans données écrase le compte. Désactivez la synchronisation sur vos appareils, l’un après l’autre, puis appuyez sur « Continuer ». Vos éléments récupérés sont en sécurité ici.',
    },
    frozen: {
      title: 'Tout est gelé, car quelqu’un a dit que ce n’était pas vous',
      text: 'Plus rien n’est mis dans votre compte. L’assistance s’en occupe avec vous ; ensuite, la restauration peut reprendre là où elle s’est arrêtée.',
    },
    locked: {
      title: 'Nous nous sommes arrêtés, car vous avez verrouillé les restaurations',
      text: 'Déverrouillez-les sur la page de sécurité, puis appuyez sur « Continuer ».',
    },
    'identity-changed': {
      title: 'Nous nous sommes arrêtés, car une carte SIM, une adresse ou une clé d’accès à vous a été changée',
      text: 'Pendant dix jours à partir de là, rien n’est remis, pour que personne ne se serve de ce qu’il a volé. Ensuite, appuyez sur « Continuer ».',
    },
    'other-held': {
      title: 'Nous nous sommes arrêtés, car quelque chose à l’autre personne a été gelé, verrouillé ou changé',
      text: 'Plus rien de ses données n’est mis dans votre compte avant la fin. Ensuite, appuyez sur « Continuer », ou faites retirer ce qui y a été mis.',
    },
    'our-fault': {
      title: 'Quelque chose s’est mal passé chez nous',
      text: 'Vous n’avez rien à faire. Nous réessayons dans une demi-heure, et l’assistance est prévenue.',
    },
  },
  waitForSupport: {
    'password-refused': 'Le serveur refuse le mot de passe enregistré. Le nouveau a été demandé à l’abonné.',
    'account-full':
      'Le compte n’a plus de place (507). L’abonné a été prié d’en faire ; nouvel essai toutes les six heures.',
    'server-unreachable': 'Le serveur ne répond pas. Nouvel essai automatique toutes les 15 minutes.',
    'server-busy': 'Le serveur demande une pause. Continue de lui-même.',
    'account-not-found': 'Le serveur n’a pas ce compte ou cette collection. L’abonné a été prié de vérifier.',
    'address-not-allowed':
      'L’adresse du compte est dans une plage privée. Un administrateur peut autoriser l’hôte ; sinon faire ajouter le compte de nouveau.',
    'server-not-understood':
      'Le serveur ne respecte pas le protocole. Faire lire le travail bloqué par un administrateur avant de reprendre.',
    'source-changed':
      'L’empreinte d’un contenu n’est pas celle notée à la réception. Faire examiner le lot par un administrateur ; ne pas reprendre avant.',
    'batch-withheld':
      'Un lot dont elle se sert a été retiré. Elle reprend d’elle-même dès la libération du lot, que deux administrateurs décident ; la reprendre avant n’y change rien.',
    vanishing:
      'Au moins cinq éléments et 5 % de ce qui a été envoyé ont disparu : un appareil écrase le compte. L’abonné a été prévenu.',
    frozen: 'L’abonné a dit « ce n’était pas moi ». Elle peut reprendre quand deux personnes ont mis fin au gel.',
    locked: 'L’abonné a verrouillé les restaurations. C’est lui qui les déverrouille et dit quand elle reprend.',
    'identity-changed':
      'Une carte SIM, une adresse ou une clé d’accès de l’abonné a été changée. Elle peut reprendre dix jours après.',
    'other-held':
      'La personne à qui sont ces données est gelée, a verrouillé les restaurations, ou a changé de carte SIM, d’adresse ou de clé d’accès. Elle peut reprendre une fois cela terminé.',
    'our-fault':
      'Une faute de notre part. Nouvel essai toutes les demi-heures ; un administrateur la voit parmi les travaux bloqués.',
  },
  decline: {
    'not-verified': 'Nous n’avons pas pu nous assurer que cette demande vient de vous.',
    'wrong-account': 'Le compte d’appareil que vous avez choisi ne semble pas être le vôtre.',
    'asked-twice': 'Vous avez déjà demandé la même chose, et cette demande est en cours ou terminée.',
    'data-in-doubt': 'Il y a un doute sur les données récupérées elles-mêmes. Elles doivent d’abord être vérifiées.',
    other: 'La raison est écrite ci-dessous.',
    'crossing-over':
      'Ce qui était demandé entre vous et une autre personne a pris fin : quelqu’un a dit non, ou quelque chose chez l’un de vous a été gelé, verrouillé ou changé.',
  },
  declineForSupport: {
    'not-verified': 'N’a pas pu être vérifiée',
    'wrong-account': 'Le compte n’est pas celui de l’abonné',
    'asked-twice': 'Demandé deux fois',
    'data-in-doubt': 'Données récupérées douteuses',
    other: 'Autre raison, expliquée dans la note',
    'crossing-over': 'L’une des deux a dit non, ou a été bloquée ou effacée',
  },
  exceptions: {
    'unknown-file': 'Aucun fichier qu’un lot devrait contenir',
    'malformed-path': 'Le chemin n’a pas la forme convenue',
    'unknown-subscriber': 'Abonné inconnu',
    'subscriber-of-two-carriers':
      'Deux opérateurs ont un abonné de cet identifiant, et le lot ne nomme pas d’opérateur',
    'other-component': 'Contient des éléments d’un autre genre que celui de son fichier',
    'expected-malformed': 'Une ligne d’expected.csv est illisible',
    'unknown-carrier': 'Nomme un opérateur inconnu',
    'no-incident': 'Ne nomme pas d’incident',
    'malformed-incident': 'Nomme son incident sous une forme inutilisable',
    'no-as-of': 'Ne dit pas à quelle date',
    erased: 'Appartenait à une personne effacée : retiré du paquet',
    'malformed-as-of': 'Dit à quelle date sous une forme illisible',
    other: 'Autre chose',
  },
} satisfies SameKeys<typeof english>
