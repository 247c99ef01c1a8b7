import type { identity as english } from '@/messages/en/identity'
import type { SameKeys } from '@/messages/same-keys'

export const identity = {
  text: '{carrier} : {what} Ce n’est pas vous ? Tout arrêter : {url}',
  texts: {
    filed: 'votre demande de restauration {reference} a été déposée.',
    'filed-for':
      'l’assistance a déposé pour vous la demande de restauration {reference}, après avoir vérifié qui le demandait.',
    split: 'votre demande {whole} a été divisée en deux : {whole} et {reference}.',
    approved: 'votre demande {reference} a été acceptée.',
    declined: 'votre demande {reference} a été refusée.',
    started: 'la restauration de votre demande {reference} a commencé.',
    'needs-you': 'nous avons besoin de vous pour votre demande {reference}.',
    finished: 'la restauration de votre demande {reference} est terminée.',
    'asked-after': 'la restauration de votre demande {reference} est-elle en ordre ?',
    undone: 'la restauration de votre demande {reference} a été annulée.',
    'account-added': 'un compte d’appareil a été ajouté pour vos données.',
    'password-renewed': 'un nouveau mot de passe a été donné pour un de vos comptes d’appareil.',
    'code-sent': 'un code a été envoyé à ce numéro.',
    'sim-changed': 'la carte SIM de ce numéro a été changée ; rien de vos données n’est donc remis pendant dix jours.',
    'address-changed': 'l’adresse électronique enregistrée pour vous a été changée.',
    'passkey-changed': 'une de vos clés d’accès a été ajoutée ou retirée.',
    'passkey-first': 'une première clé d’accès a été ajoutée pour vous, après un code.',
    'content-asked':
      'quelqu’un demande à voir vos données récupérées dans le navigateur ; elles s’affichent dans trois jours.',
    'opened-for': 'l’assistance a ouvert pour vous la question {reference}, après avoir vérifié qui le demandait.',
    'content-viewed': 'l’assistance a regardé le contenu de certaines de vos données récupérées.',
    'goes-on': 'la restauration de votre demande {reference}, que nous avions arrêtée, reprend.',
    'undo-asked': 'l’annulation de la restauration de votre demande {reference} a commencé.',
    'overwrite-asked':
      'l’assistance demande que, pour la demande {reference}, des éléments récupérés prennent la place de ce que contient votre compte.',
    'overwrite-approved':
      'pour la demande {reference}, des éléments récupérés prendront la place de ce que contient votre compte.',
    'overwrite-ended':
      'pour la demande {reference}, les éléments récupérés ne prendront pas la place de ce que contient votre compte.',
    'crossing-asked':
      'l’assistance demande à mettre des données d’une personne dans le compte d’une autre, et vous êtes l’une des deux.',
    'crossing-consent':
      'il nous faut votre oui ou votre non : des données d’une personne doivent aller dans le compte d’une autre, et vous êtes l’une des deux.',
    'crossing-consented':
      'l’une de deux personnes a dit oui à ce que des données aillent dans le compte de l’autre. Vous êtes l’une des deux.',
    'crossing-waits':
      'deux oui sont là : des données vont dans le compte de l’autre personne, dans trois jours au plus tôt.',
    'crossing-ended': 'aucune donnée ne va dans le compte d’une autre personne.',
    'crossing-approved': 'le passage de données dans le compte de l’autre personne est approuvé.',
    'crossing-started': 'des données sont en train d’être mises dans le compte de l’autre personne.',
    'crossing-held': 'nous avons cessé de mettre des données dans le compte de l’autre personne.',
    'crossing-finished':
      'des données ont été mises dans le compte de l’autre personne. Vous pouvez les faire retirer pendant 30 jours.',
    'crossing-undone': 'des données ont été retirées du compte de l’autre personne.',
    locked: 'les restaurations de vos données sont verrouillées.',
    unlocked: 'les restaurations de vos données sont déverrouillées.',
    frozen: 'tout ce qui est à vous est gelé, et l’assistance s’en occupe.',
    thawed: 'votre compte n’est plus gelé.',
    'erasure-asked': 'l’effacement de tout ce qui vous concerne a été demandé.',
    'erasure-approved': 'tout ce qui vous concerne sera effacé dans sept jours. Vous pouvez l’annuler.',
    'erasure-refused': 'rien de ce qui vous concerne ne sera effacé.',
    'erasure-withdrawn': 'l’effacement a été annulé.',
  },
  code: {
    text: '{code} est votre code Homeward. Il fonctionne une seule fois, pendant {minutes} minutes. Ne le dites à personne : nous ne le demandons jamais.',
  },
  prove: {
    title: 'Confirmez que c’est bien vous',
    lead: 'Avant d’afficher, de remettre ou de modifier des données, nous vous demandons de confirmer que c’est bien vous. Servez-vous de votre clé d’accès si vous en avez une.',
    codeTitle: 'Avec un code reçu par texto',
    codeText: 'Nous l’envoyons au {number}, le numéro que votre opérateur avait pour vous avant la panne.',
    passkeyTitle: 'Avec votre clé d’accès',
    passkeyText:
      'Par l’empreinte, le visage ou le code de votre propre appareil. Une clé d’accès que vous avez depuis dix jours affiche vos données sans attente.',
    passkeyDemonstration:
      'Dans cette démonstration, votre appareil est joué : un bouton, et la clé d’accès est utilisée.',
    kept: 'Ce que vous avez saisi est conservé.',
    send: 'Envoyer le code',
    sendAgain: 'Envoyer un nouveau code',
    againHint: 'Rien après une minute ? Un nouveau code remplace le précédent.',
    sentTitle: 'Saisissez le code',
    sent: 'Un code est en route vers le {number}. Il fonctionne une seule fois, pendant 10 minutes, dans ce navigateur seulement.',
    code: 'Code reçu par texto',
    codeHint: 'Huit chiffres, avec ou sans espaces.',
    check: 'Continuer',
    demonstration: 'Dans cette démonstration, le texto est ici :',
    open: 'Ouvrir les textos',
    noNumber: {
      title: 'Il n’y a pas de numéro où nous pourrions envoyer un code',
      text: 'Votre opérateur n’avait pas pour vous, avant la panne, de numéro qui reçoive des textos. Adressez-vous à l’assistance de votre opérateur : elle peut vous aider sans code. Nous ne remettons jamais de données sans cela.',
    },
    waits: {
      title: 'Trop de codes erronés',
      text: 'Personne ne peut réessayer avant le {moment}. Si ce n’est pas vous qui avez essayé, arrêtez tout ci-dessous.',
    },
    held: {
      title: 'Aucun code n’est envoyé pour le moment',
      text: 'Votre compte est gelé. L’assistance s’en occupe et vous appelle ou vous écrit.',
    },
  },
  content: {
    title: 'Voir vos données dans le navigateur',
    restoreTitle: 'Vos données retournent tout de suite à votre appareil',
    restoreText:
      'Une restauration vers un appareil que vous aviez avant la panne n’attend pas. Seuls l’affichage ici et le téléchargement attendent.',
    restore: 'Restaurer vers mon appareil',
    why: 'Qui vous aurait pris votre téléphone ou votre boîte ne doit pas lire votre carnet d’adresses avant que vous puissiez l’arrêter. C’est pourquoi nous attendons trois jours après un code reçu par texto. Avec une clé d’accès que vous avez depuis dix jours, il n’y a pas d’attente.',
    askTitle: 'Les regarder ici',
    askText:
      'Quand vous le demandez, nous écrivons à toutes les adresses que nous avons pour vous. Après trois jours, vous voyez et téléchargez vos données ici, pendant 30 jours.',
    ask: 'Demander à les voir ici',
    waitsTitle: 'Vous les verrez ici à partir du {moment}',
    waitsText:
      'C’est demandé, et nous avons écrit à toutes les adresses que nous avons pour vous. Vous n’avez rien à faire d’ici là. Si ce n’est pas vous qui l’avez demandé, arrêtez tout.',
    stop: 'Ce n’était pas moi',
    openTitle: 'Vous pouvez voir vos données maintenant',
    open: 'Continuer',
    passkeyTitle: 'Avez-vous une clé d’accès depuis dix jours ?',
    passkeyText: 'Confirmez avec elle, et vous voyez vos données tout de suite.',
    unseen: 'Pas encore affiché',
    unseenText: 'Le nom des éléments n’est pas encore affiché ici.',
    unseenWhy: 'Pourquoi, et comment le voir',
  },
  page: {
    title: 'Sécurité',
    lead: 'Comment nous nous assurons que vos données vont à vous et à personne d’autre.',
    holdsTitle: 'Rien n’est remis pour le moment',
    holdsSomeTitle: 'Une partie attend',
    holds: {
      frozen: 'Tout ce qui est à vous est gelé depuis le {moment}. L’assistance s’en occupe.',
      locked: 'Vous avez verrouillé les restaurations le {moment}. Vous pouvez les déverrouiller quand vous voulez.',
      sim: 'La carte SIM de votre numéro a été changée. Jusqu’au {moment}, rien n’est remis, pour que personne ne puisse se servir d’un numéro volé.',
      address:
        'Votre adresse électronique a été changée. Jusqu’au {moment}, rien n’est remis, pour que personne ne puisse se servir d’une boîte volée.',
      passkey: 'Une de vos clés d’accès a été changée. Jusqu’au {moment}, rien n’est remis.',
      'first-passkey':
        'Une première clé d’accès a été ajoutée après un code. Jusqu’au {moment}, rien ne s’affiche dans le navigateur et rien ne va vers un nouveau compte d’appareil. Les restaurations vers un appareil que vous aviez avant la panne continuent.',
    },
    factsTitle: 'Où nous vous disons ce qui se passe',
    facts: { email: 'Courriel', number: 'Textos et codes', proof: 'Dernière confirmation' },
    noNumber: 'Aucun numéro enregistré',
    notProved: 'Pas dans cette session',
    told: 'À chaque étape, nous écrivons partout. C’est votre opérateur qui les change, pas cette page.',
    lockTitle: 'Verrouiller les restaurations',
    lockText:
      'Tant qu’elles sont verrouillées, personne ne peut demander vos données, et ce qui est en cours s’arrête. Il suffit d’un bouton.',
    lock: 'Verrouiller les restaurations',
    unlockTitle: 'Les restaurations sont verrouillées',
    unlockText:
      'Pour déverrouiller, un code est demandé. Ce qui était en cours reprend quand vous le dites sur sa page.',
    unlock: 'Déverrouiller les restaurations',
    locked: 'Les restaurations sont verrouillées.',
    unlocked: 'Les restaurations sont déverrouillées.',
    freezeTitle: 'Quelque chose ne venait pas de vous ?',
    freezeText:
      'Arrêtez tout d’un coup : restaurations, codes et toutes les sessions, celle-ci aussi. L’assistance s’en occupe ensuite.',
    freeze: 'Tout geler',
  },
  freeze: {
    title: 'Ce n’était pas vous ?',
    text: 'Appuyez sur le bouton, et tout ce qui est à vous s’arrête aussitôt : les restaurations sont suspendues, les codes ne fonctionnent plus, et toute personne connectée est déconnectée. L’assistance s’en occupe ensuite avec vous.',
    safe: 'Rien n’est supprimé, et rien n’est perdu. Si c’était vous, fermez cette page : il ne se passe rien.',
    go: 'Ce n’était pas moi : tout geler',
    doneTitle: 'Tout est gelé',
    done: 'Plus rien de vos données n’est remis. L’assistance a un dossier et prendra contact avec vous.',
    next: 'Si quelqu’un peut lire vos courriels ou vos textos : changez le mot de passe de la boîte, et appelez votre opérateur au sujet de votre carte SIM.',
    bad: {
      title: 'Ce lien ne vient pas de nous',
      text: 'Ouvrez-le de nouveau depuis le message, en entier. Si cela n’aide pas, connectez-vous et gelez tout sur la page de sécurité, ou appelez l’assistance de votre opérateur.',
    },
    security: 'Aller à la page de sécurité',
  },
  support: {
    title: 'Comptes gelés',
    lead: 'Quelqu’un a dit « ce n’était pas moi ». Rien de ce qui est à cette personne n’est remis avant que deux personnes se soient assurées de qui elle est et y mettent fin.',
    link: 'Comptes gelés',
    none: 'Aucun compte n’est gelé.',
    back: 'File d’attente',
    columns: { who: 'Qui', since: 'Depuis', how: 'Comment', act: 'Y mettre fin' },
    unnamed: 'Sans nom',
    sources: { link: 'Lien d’un message', own: 'Page de sécurité' },
    ask: 'Demander d’y mettre fin',
    agree: 'Confirmer et y mettre fin',
    waits: 'Vous l’avez demandé. Une autre personne doit confirmer.',
    asked: 'Un collègue a demandé d’y mettre fin, {relative}.',
    done: { asked: 'Noté. Une autre personne doit confirmer.', ended: 'Le compte n’est plus gelé.' },
    holds: {
      title: 'Retenue : elle ne peut pas être approuvée maintenant',
      frozen: 'L’abonné a dit « ce n’était pas moi » ({moment}). Voir les comptes gelés.',
      locked: 'L’abonné a verrouillé les restaurations ({moment}).',
      changed:
        'Une carte SIM, une adresse ou une clé d’accès de l’abonné a été changée il y a peu. Jusqu’au {moment}, rien n’est remis.',
    },
    newAccount: {
      title: 'Un nouveau compte d’appareil : deux personnes doivent approuver',
      cooling: 'Il n’était pas connu avant l’incident. La seconde approbation compte à partir du {moment}.',
      over: 'Il n’était pas connu avant l’incident. Son délai est écoulé.',
      one: 'Une approbation est là. Celle d’une autre personne la met en route.',
      half: 'Approuvée par vous. Une autre personne doit l’approuver aussi.',
    },
  },
  errors: {
    'code-missing': 'Saisissez le code reçu par texto',
    'code-form': 'Un code a huit chiffres',
    'code-wrong': 'Ce n’est pas le code envoyé, ou il n’est plus valable. Vérifiez-le, ou demandez-en un nouveau',
    'code-unknown':
      'Votre opérateur ne nous a pas dit si le code est le bon ; nous ne l’avons donc pas accepté. Réessayez, ou demandez-en un nouveau',
    'code-wait': 'Il y a eu trop de codes erronés. Voyez ci-dessous quand vous pourrez réessayer',
    'code-too-many': 'Beaucoup de codes ont été demandés. Attendez 15 minutes, puis demandez-en un autre',
    'no-number':
      'Il n’y a pas de numéro où nous pourrions envoyer un code. Adressez-vous à l’assistance de votre opérateur',
    'no-sms': 'Aucun texto ne peut être envoyé ici pour le moment. Adressez-vous à l’assistance de votre opérateur',
    'sim-unknown':
      'Aucun code n’a été envoyé : votre opérateur n’a pas pu nous dire que votre carte SIM est bien celle que vous aviez. Réessayez dans une heure ; si cela dure, adressez-vous à l’assistance de votre opérateur',
    'sim-changed':
      'Aucun code n’a été envoyé : la carte SIM de votre numéro a été changée il y a peu. Pendant dix jours, rien n’est remis. Si ce n’est pas vous qui l’avez changée, appelez votre opérateur maintenant',
    'freeze-ended': 'Ce gel est déjà terminé',
    'freeze-takes-two': 'Vous l’avez déjà demandé. Une autre personne doit confirmer',
  },
} satisfies SameKeys<typeof english>
