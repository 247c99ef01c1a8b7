import type { mail as english } from '@/messages/mail/en'
import { guard } from '@/messages/mail/fr-guard'
import { resolved, ticketNews } from '@/messages/mail/fr-ticket-news'
import type { SameKeys } from '@/messages/same-keys'
import { typesetFrench } from '@/messages/typeset-french'

/** The sentences of the mails in French. */
export const mail = typesetFrench({
  hello: 'Bonjour {name},',
  helloNobody: 'Bonjour,',
  count: {
    contacts: '{count, plural, one {# contact} other {# contacts}}',
    calendar: '{count, plural, one {# rendez-vous} other {# rendez-vous}}',
    tasks: '{count, plural, one {# tâche} other {# tâches}}',
    notes: '{count, plural, one {# note} other {# notes}}',
    photos: '{count, plural, one {# photo} other {# photos}}',
  },
  category: {
    contacts: 'Contacts',
    calendar: 'Agenda',
    tasks: 'Tâches',
    notes: 'Notes',
    photos: 'Photos',
  },
  footer: {
    sender: 'Homeward vous écrit pour {carrier}.',
    ourselves: 'Ce message vient de Homeward.',
    never: 'Nous ne demandons jamais de mot de passe par courrier électronique ni par téléphone.',
    affected: 'Vous recevez ce message de Homeward parce que vous êtes abonné de {carrier}.',
    subscribed: 'Vous recevez ce message de Homeward parce que vous avez demandé à être prévenu.',
    preferences: 'Choisir ce que vous recevez',
    unsubscribe: 'Ne plus recevoir ces messages',
    help: 'Aide',
    copyLink: 'Si le bouton ne fait rien, copiez cette adresse dans votre navigateur :',
  },
  reference: 'Votre référence : {reference}',
  seeRequest: 'Voir votre demande',
  state: {
    investigating: 'En cours d’analyse',
    identified: 'Cause connue',
    monitoring: 'Restauration en cours',
    resolved: 'Résolu',
    postmortem: 'Bilan tiré',
    scheduled: 'Maintenance prévue',
    in_progress: 'Maintenance en cours',
    verifying: 'Maintenance en vérification',
    completed: 'Maintenance terminée',
  },
  advice: {
    heading: 'Ce qu’il faut faire et ne pas faire maintenant',
    do: 'À faire',
    doNot: 'À ne pas faire',
    dated: 'Conseil numéro {version, number}, du {moment}',
  },
  update: {
    subject: '{state} : {title}',
    stateAt: '{state} – {moment}',
    correction: 'Ceci rectifie une annonce précédente : {reason}',
    next: 'Nous écrivons la prochaine annonce au plus tard le {moment}.',
    button: 'Tout lire à ce sujet',
  },
  notice: {
    button: 'Lire sur la page de {carrier}',
    correction: 'Ceci rectifie un avis précédent : {reason}',
  },
  withdrawn: {
    subject: 'Retiré : {title}',
    preview: 'Ce que nous vous avons écrit ne vaut plus.',
    heading: 'Un avis que nous vous avons envoyé est retiré',
    text: 'Le {moment}, nous vous avons envoyé « {title} ». Cet avis ne vaut plus, pour la raison suivante :',
    button: 'Voir ce qui vaut maintenant',
  },
  postmortem: {
    subject: 'Ce que nous avons appris : {title}',
    preview: 'Ce qui s’est passé, pourquoi, et ce que nous changeons.',
    heading: 'Ce que nous avons appris : {title}',
    text: 'L’incident est terminé. Voici ce qui s’est passé, pourquoi, et ce que nous changeons pour que cela n’arrive plus.',
    button: 'Lire la page',
  },
  subscribe: {
    subject: 'Confirmez que nous pouvons vous écrire',
    preview: 'Une pression, et nous vous disons ce qui se passe.',
    heading: 'Voulez-vous être prévenu des incidents ?',
    text: 'Quelqu’un nous a demandé de prévenir cette adresse de ce qui se passe. Appuyez sur le bouton si c’était vous ; d’ici là, nous n’envoyons rien de plus.',
    button: 'Oui, écrivez-moi',
    notYou:
      'Si ce n’était pas vous, supprimez ce message : rien ne se passe. Le bouton fonctionne pendant {hours, plural, one {# heure} other {# heures}}.',
  },
  subscribed: {
    subject: 'Nous vous écrivons déjà',
    preview: 'Vous pouvez changer ce que vous recevez.',
    heading: 'Vous êtes déjà prévenu des incidents',
    text: 'Quelqu’un nous a demandé de prévenir cette adresse de ce qui se passe. Elle est déjà sur la liste, et rien n’a changé. Vous pouvez voir et changer ce que vous recevez.',
    button: 'Voir ce que je reçois',
    notYou: 'Si ce n’était pas vous, vous n’avez rien à faire.',
  },
  overdue: {
    subject: 'Une promesse est en retard : {title}',
    preview: 'Elle est affichée publiquement comme non tenue.',
    heading: 'Une promesse est en retard',
    text: 'À propos de « {title} », quelque chose a été promis publiquement, et le délai est passé :',
    promised: '{promised}, au plus tard le {moment}',
    what: 'Tout le monde voit qu’elle n’a pas été tenue. Dites maintenant où en sont les choses, et ne promettez que ce que vous pouvez tenir.',
    button: 'Aller à l’incident',
  },
  chainRoot: {
    subject: 'Racine des chaînes d’événements, {moment}',
    preview: 'Gardez ce message : il montrera plus tard si quelque chose a été modifié ou coupé.',
    heading: 'Gardez cette racine des chaînes d’événements',
    text: 'Le {moment}, {chains, plural, one {# chaîne contenait} other {# chaînes contenaient}} {events, plural, one {# événement} other {# événements}} et avaient cette racine :',
    keep: 'Gardez ce message là où aucun des exploitants ne peut le modifier. Pour vérifier, enregistrez la ligne suivante dans un fichier, et faites exécuter par l’exploitant « homeward audit verify --root » avec ce fichier :',
    button: 'Voir le fichier publié',
  },
  signIn: {
    subject: 'Votre lien pour vous connecter à Homeward',
    preview: 'Il fonctionne une seule fois, pendant {minutes, plural, one {# minute} other {# minutes}}.',
    heading: 'Se connecter à Homeward',
    text: 'Appuyez sur le bouton pour vous connecter. Le lien fonctionne une seule fois, pendant {minutes, plural, one {# minute} other {# minutes}}.',
    button: 'Se connecter',
    notYou:
      'Si vous n’avez rien demandé, supprimez ce message. Sans le lien personne ne peut se connecter, et il ne se passe rien.',
  },
  enrol: {
    subject: 'Votre invitation à travailler dans Homeward',
    preview: 'Elle fonctionne une seule fois, pendant {hours, plural, one {# heure} other {# heures}}.',
    heading: 'Créez votre clé d’accès',
    text: 'Un administrateur vous a ouvert un compte. Vous vous connectez avec une clé d’accès : par l’empreinte, le visage ou le code de votre propre appareil, ou avec une clé de sécurité. Il n’y a pas de mot de passe.',
    once: 'Appuyez sur le bouton sur l’appareil que vous voulez utiliser. Le lien fonctionne une seule fois, pendant {hours, plural, one {# heure} other {# heures}}. Ne le donnez à personne : qui l’utilise se connecte à votre place.',
    button: 'Créer ma clé d’accès',
    notYou: 'Si vous ne travaillez pas là, supprimez ce message.',
  },
  filed: {
    subject: 'Nous avons reçu votre demande {reference}',
    preview: 'L’assistance va l’examiner. Vous n’avez rien à faire.',
    heading: 'Nous avons reçu votre demande',
    text: 'Le {moment}, vous nous avez demandé de remettre des données récupérées dans votre compte :',
    next: 'La suite',
    steps: {
      check: 'L’assistance vérifie la demande.',
      restore:
        'Nous remettons vos données en place. Rien de ce que contient votre compte aujourd’hui n’est perdu, et vous pouvez tout annuler pendant 30 jours.',
      report: 'Vous recevez un rapport qui rend compte de chaque élément.',
    },
    write:
      'Nous vous écrivons quand elle est décidée, quand elle est terminée, et si nous avons besoin de vous. Vous n’avez rien à faire et vous pouvez fermer la page.',
  },
  filedFor: {
    subject: 'L’assistance a déposé la demande {reference} pour vous',
    preview: 'Votre opérateur avait vérifié qui le demandait. Si ce n’était pas vous, arrêtez tout maintenant.',
    heading: 'Une demande a été déposée pour vous',
    text: 'Le {moment}, quelqu’un de l’assistance a déposé une demande pour vous, après que votre opérateur a vérifié qui le demandait. Elle demande de remettre ces données récupérées dans un compte d’appareil qui était le vôtre avant la panne :',
    another: 'Une autre personne de l’assistance vérifie la demande.',
  },
  split: {
    subject: 'Votre demande {whole} a été divisée : {whole} et {reference}',
    preview: 'Rien n’a été laissé de côté. Chacune des deux est décidée séparément.',
    heading: 'Votre demande a été divisée en deux',
    text: 'Pour qu’une partie n’ait pas à attendre l’autre, l’assistance a divisé votre demande {whole}. Ceci porte maintenant la référence {reference} :',
    rest: 'Tout le reste de ce que vous aviez demandé demeure dans {whole}. Rien n’a été laissé de côté, et rien n’est restauré deux fois.',
    kept: 'Les deux vont dans le même compte d’appareil, avec ce que vous aviez choisi pour les éléments qui diffèrent. Vous n’avez rien à faire : nous vous écrivons à propos de chacune.',
  },
  approved: {
    subject: 'Votre demande {reference} est acceptée',
    preview: 'Nous remettons vos données en place.',
    heading: 'Votre demande est acceptée',
    text: 'Nous remettons maintenant vos données dans votre compte. Selon leur quantité et la vitesse du serveur de votre compte, cela prend d’une minute à quelques heures.',
    byRule: 'Elle l’a été automatiquement : tout ce que nous vérifions d’abord était en ordre.',
    wait: 'Vous n’avez rien à faire et vous pouvez fermer la page. Nous vous écrivons quand c’est terminé, ou si nous avons besoin de vous.',
    follow: 'Suivre l’avancement',
  },
  started: {
    subject: 'Votre restauration {reference} a commencé',
    preview: 'Nous remettons vos données dans votre compte.',
    heading: 'Votre restauration a commencé',
    text: 'Nous remettons maintenant vos données dans votre compte. Vous n’avez rien à faire et vous pouvez fermer la page.',
  },
  guard,
  staffGuard: {
    see: 'Voir vos clés d’accès et vos sessions',
    notYou:
      'Si vous ne savez rien de tout cela, appelez tout de suite un administrateur : à deux, ils peuvent faire abandonner toutes vos clés d’accès.',
    'passkey-added': {
      subject: 'Une de vos clés d’accès a été ajoutée',
      text: 'Quelqu’un qui était connecté en votre nom, ou qui avait votre invitation, a ajouté une clé d’accès. Elle permet de se connecter en votre nom.',
    },
    'passkey-renamed': {
      subject: 'Une de vos clés d’accès a un autre nom',
      text: 'Quelqu’un qui était connecté en votre nom a donné un autre nom à une de vos clés d’accès.',
    },
    'passkey-revoked': {
      subject: 'Une de vos clés d’accès a été révoquée',
      text: 'Quelqu’un qui était connecté en votre nom a révoqué une de vos clés d’accès. Elle ne permet plus de se connecter, et vos autres sessions sont terminées.',
    },
    'recovery-asked': {
      subject: 'Un administrateur demande l’abandon de vos clés d’accès',
      text: 'Un administrateur dit que vous avez perdu vos clés d’accès et demande qu’elles soient abandonnées. Un autre administrateur doit être d’accord ; jusque-là, les vôtres fonctionnent.',
    },
    'recovery-approved': {
      subject: 'Vos clés d’accès ont été abandonnées',
      text: 'Deux administrateurs ont fait abandonner toutes vos clés d’accès et ont mis fin à vos sessions. Une invitation à en créer une nouvelle arrive dans un message à part.',
    },
    'recovery-refused': {
      subject: 'Vos clés d’accès restent comme elles sont',
      text: 'Un administrateur avait demandé l’abandon de vos clés d’accès. Cela a été refusé ou retiré : rien n’a changé.',
    },
    'role-changed': {
      subject: 'Vous avez un autre rôle',
      text: 'Un administrateur vous a donné un autre rôle. Vos sessions sont terminées ; connectez-vous de nouveau pour voir ce que vous pouvez faire.',
    },
    'sessions-ended': {
      subject: 'Vos sessions ont pris fin',
      text: 'Un administrateur a mis fin à toutes vos sessions. Vos clés d’accès permettent toujours de se connecter. Si un de vos appareils est perdu, révoquez sa clé.',
    },
    left: {
      subject: 'Votre accès a pris fin',
      text: 'Un administrateur a mis fin à votre accès à Homeward. Vos clés d’accès et vos sessions ne fonctionnent plus.',
    },
  },
  release: {
    see: 'Lire la question',
    until: 'Vous pouvez décider jusqu’au {moment}. Ensuite, il faudra la poser de nouveau.',
    'release-asked': {
      subject: '{category} : une autre personne doit décider',
      text: 'Quelqu’un demande à commencer à rendre des données récupérées : « {category} », dans l’incident « {title} ». Rien n’est dit en public avant qu’un autre responsable d’incident ou un administrateur ne l’accepte.',
    },
    'release-approved': {
      subject: '{category} : votre question a été acceptée',
      text: 'Vous aviez posé une question sur « {category} » dans l’incident « {title} ». Une autre personne a accepté, et la page d’état le dit maintenant.',
    },
    'release-refused': {
      subject: '{category} : votre question a été refusée',
      text: 'Vous aviez posé une question sur « {category} » dans l’incident « {title} ». Une autre personne a refusé, et rien n’a changé. Sa note est à côté de la question, si elle en a écrit une.',
    },
    'release-expired': {
      subject: '{category} : personne n’a décidé à temps',
      text: 'Vous aviez posé une question sur « {category} » dans l’incident « {title} ». Personne n’a décidé dans les 72 heures, et rien n’a changé. Vous pouvez la poser de nouveau.',
    },
  },
  askedAfter: {
    subject: 'Tout est-il en ordre ? {reference}',
    preview: 'Regardez votre appareil et dites-nous s’il manque quelque chose.',
    heading: 'Tout est-il en ordre ?',
    text: 'Votre restauration s’est terminée il y a quelques jours. Regardez vos contacts, votre agenda, vos tâches, vos notes et vos photos sur votre appareil, et dites-nous si tout est en ordre.',
    missing:
      'S’il manque quelque chose, vous pouvez l’y nommer, élément par élément. L’assistance les examine alors un à un.',
    button: 'Dire ce qu’il en est',
    once: 'Nous ne le demandons qu’une fois. Si tout va bien, vous n’avez rien à faire.',
  },
  answer: {
    subject: 'Votre dossier {reference}',
    answers: 'L’assistance vous a répondu',
    asks: 'L’assistance vous pose une question',
    writer: 'Écrit par : {writer}. Au sujet de {reference} :',
    button: 'Tout lire et répondre',
    rate: 'Cette réponse vous a-t-elle aidé ? À la fin de cette page, vous pouvez dire comment cela s’est passé.',
  },
  resolved,
  mentioned: {
    subject: 'Une note vous nomme : {reference}',
    text: 'Un collègue vous a nommé dans une note sur {reference}. Vous y lirez ce qu’elle dit.',
    button: 'Lire la note',
  },
  ticketNews,
  breached: {
    subject: '{count, plural, one {# délai n’a pas été tenu} other {# délais n’ont pas été tenus}} ({whose})',
    preview: 'Des abonnés ont attendu plus longtemps que promis.',
    text: 'Entre le {since} et le {until}, {count, plural, one {# délai n’a pas été tenu} other {# délais n’ont pas été tenus}} pour des demandes de {whose} : pour une première réponse, une décision ou une restauration.',
    raised: 'Leur priorité a été relevée d’un cran. La file indique quand chacune devait être traitée.',
    see: 'Ouvrir la file',
  },
  declined: {
    subject: 'Votre demande {reference} n’a pas été acceptée',
    preview: 'Rien n’a été modifié dans votre compte. Voici pourquoi.',
    heading: 'Votre demande n’a pas été acceptée',
    why: {
      'not-verified': 'L’assistance n’a pas pu s’assurer que la demande venait de vous.',
      'wrong-account': 'Le compte que vous avez choisi n’est pas de ceux où nous pouvons remettre vos données.',
      'asked-twice': 'Vous avez déjà demandé les mêmes données, et cette demande suit son cours.',
      'data-in-doubt':
        'Nous ne sommes pas sûrs que les données récupérées soient justes, et nous ne voulons pas vous en remettre de fausses.',
      other: 'L’assistance a écrit la raison sur la page de votre demande.',
    },
    kept: 'Rien n’a été modifié dans votre compte, et vos données récupérées sont conservées. Vous pouvez refaire une demande.',
    button: 'Lire la réponse',
  },
  needsYou: {
    subject: 'Nous avons besoin de vous pour votre demande {reference}',
    kept: 'Ce qui a été remis en place y reste, rien n’est perdu, et nous reprendrons là où nous en sommes.',
    keptHere: 'Vos données récupérées sont conservées ici : rien n’est perdu définitivement.',
    'password-refused': {
      preview: 'Votre compte n’accepte plus le mot de passe que nous avons.',
      heading: 'Votre compte n’accepte plus le mot de passe',
      text: 'Nous nous sommes arrêtés en chemin, car le serveur de votre compte refuse le mot de passe que vous nous aviez donné. Vous l’avez peut-être changé.',
      steps: {
        first: 'Connectez-vous à Homeward avec le bouton ci-dessous.',
        second: 'Saisissez-y le mot de passe du compte. Ne nous l’envoyez pas par courrier électronique.',
        third: 'Appuyez sur « Continuer ».',
      },
      button: 'Saisir le mot de passe',
    },
    'account-full': {
      preview: 'Il n’y a plus de place pour le reste.',
      heading: 'Votre compte est plein',
      text: 'Nous nous sommes arrêtés en chemin, car le serveur de votre compte dit qu’il n’y a plus de place.',
      steps: {
        first:
          'Faites de la place dans le compte : les grandes photos et les vieilles pièces jointes en prennent le plus.',
        second: 'Ou demandez plus de place à qui gère le compte.',
        third: 'Appuyez ensuite sur « Continuer » sur la page de votre demande.',
      },
      button: 'Continuer la demande',
    },
    'account-not-found': {
      preview: 'Nous ne trouvons plus votre compte.',
      heading: 'Nous ne trouvons plus votre compte',
      text: 'Nous nous sommes arrêtés en chemin, car le compte, ou le dossier prévu pour vos données, n’est plus là où il était.',
      steps: {
        first: 'Regardez si vous pouvez ouvrir le compte vous-même.',
        second: 'Si son adresse a changé, indiquez-le sur la page de votre demande.',
        third: 'Appuyez ensuite sur « Continuer » sur cette page.',
      },
      button: 'Voir ce qui manque',
    },
    vanishing: {
      preview: 'Ce que nous avons remis disparaît de votre compte.',
      heading: 'Ce que nous avons remis disparaît de nouveau',
      text: 'Un téléphone ou un programme vide peut-être votre compte : des éléments que nous avons remis n’y sont plus peu après. Nous nous sommes arrêtés pour que rien ne soit écrasé.',
      steps: {
        first:
          'Désactivez la synchronisation de ce compte sur votre téléphone et vos ordinateurs. Ne les réinitialisez pas.',
        second:
          'Si un appareil contient encore des données qui ne sont nulle part ailleurs, laissez-le allumé et n’en retirez pas la batterie.',
        third:
          'Dites-nous ensuite sur la page de votre demande de quel appareil il s’agit, ou appuyez sur « Continuer ».',
      },
      button: 'Voir ce qui s’est passé',
    },
    other: {
      preview: 'Il y a quelque chose que vous seul pouvez décider.',
      heading: 'Nous avons besoin de vous pour continuer',
      text: 'Nous nous sommes arrêtés en chemin à cause de quelque chose que vous seul pouvez décider.',
      steps: {
        first: 'Connectez-vous à Homeward avec le bouton ci-dessous.',
        second: 'La page de votre demande dit ce qu’il y a et ce que vous pouvez faire.',
        third: 'Appuyez ensuite sur « Continuer » sur cette page.',
      },
      button: 'Voir ce qu’il faut faire',
    },
  },
  finished: {
    subject: 'Votre demande {reference} est terminée',
    previewLost: 'Ce qui n’a pas pu être récupéré, ce qui est de retour, et jusqu’à quand vous pouvez annuler.',
    previewAll: 'Tout est de retour dans votre compte.',
    heading: 'Votre restauration est terminée',
    lostHeading: 'Ce qui manque ou reste inconnu',
    missing:
      '{category} : {count, plural, one {# élément que vous aviez avant la panne n’a pas été récupéré.} other {# éléments que vous aviez avant la panne n’ont pas été récupérés.}}',
    unknown:
      '{categories} : personne ne sait combien vous en aviez avant la panne, et nous ne pouvons donc pas dire s’il en manque.',
    damaged:
      '{category} : {count, plural, one {# élément est abîmé et illisible. Vous pouvez le télécharger tel quel.} other {# éléments sont abîmés et illisibles. Vous pouvez les télécharger tels quels.}}',
    partial:
      '{category} : {count, plural, one {# élément est incomplet : une partie en a été perdue.} other {# éléments sont incomplets : une partie en a été perdue.}}',
    failed:
      '{category} : {count, plural, one {# élément n’a pas pu être remis} other {# éléments n’ont pas pu être remis}} dans votre compte. Le rapport dit pourquoi.',
    skipped:
      '{category} : {count, plural, one {# élément a été laissé} other {# éléments ont été laissés}} de côté, selon votre choix ou parce que votre compte ne peut pas l’accueillir. Le rapport dit pourquoi.',
    nothing: 'Tout ce que, à notre connaissance, vous aviez avant la panne est de retour dans votre compte.',
    backHeading: 'Ce que contient votre compte',
    columns: { category: 'Quoi', found: 'Dans les données récupérées', account: 'Maintenant dans votre compte' },
    report: 'Le rapport nomme chaque élément qui n’a pas été simplement ajouté, avec la raison.',
    button: 'Lire le rapport',
    undo: 'Si ce n’est pas ce que vous vouliez, vous pouvez tout annuler jusqu’au {moment}. Ce que vous avez modifié depuis reste tel que vous l’avez laissé.',
  },
  undone: {
    subject: 'Votre restauration {reference} a été annulée',
    preview: 'Votre compte est comme avant, sauf ce que vous avez modifié depuis.',
    heading: 'Votre restauration a été annulée',
    failed:
      '{count, plural, one {# élément n’a pas pu être repris. La page de votre demande l’indique} other {# éléments n’ont pas pu être repris. La page de votre demande indique chacun}} avec la raison.',
    spared:
      '{count, plural, one {# élément a été laissé tel quel, car vous l’avez modifié depuis. Il figure} other {# éléments ont été laissés tels quels, car vous les avez modifiés depuis. Ils figurent}} sur la page de votre demande.',
    removed:
      '{count, plural, one {# élément que nous avions ajouté a été retiré.} other {# éléments que nous avions ajoutés ont été retirés.}}',
    putBack:
      '{count, plural, one {# élément que nous avions modifié est comme avant.} other {# éléments que nous avions modifiés sont comme avant.}}',
    nothing: 'Il n’y avait rien à annuler.',
    kept: 'Vos données récupérées sont conservées. Vous pouvez les redemander à tout moment.',
    button: 'Voir ce qui a été annulé',
  },
} satisfies SameKeys<typeof english>)
