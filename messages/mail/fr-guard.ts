import type { guard as english } from '@/messages/mail/en-guard'
import type { SameKeys } from '@/messages/same-keys'

export const guard = {
  freeze: 'Si ce n’était pas vous, arrêtez tout d’un seul bouton :',
  see: 'Voir comment vos données sont protégées',
  at: 'C’était le {moment}.',
  'account-added': {
    subject: 'Un compte d’appareil a été ajouté',
    text: 'Un compte a été ajouté, où des données récupérées pourraient être mises. Rien n’y est mis pendant 72 heures, ni avant que deux personnes l’aient examiné.',
  },
  'password-renewed': {
    subject: 'Un nouveau mot de passe a été donné pour votre compte d’appareil',
    text: 'Quelqu’un qui a confirmé par un code que c’était vous a donné un nouveau mot de passe pour un de vos comptes d’appareil.',
  },
  'code-sent': {
    subject: 'Un code a été envoyé à votre téléphone',
    text: 'Quelqu’un qui est connecté avec votre adresse électronique a demandé un code, pour accéder à vos données ou modifier quelque chose.',
  },
  'sim-changed': {
    subject: 'La carte SIM de votre numéro a été changée',
    text: 'Votre opérateur dit que la carte SIM du numéro enregistré a été changée. Pendant dix jours, rien de vos données n’est remis. Si ce n’est pas vous qui l’avez changée, appelez votre opérateur tout de suite.',
  },
  'address-changed': {
    subject: 'Votre adresse électronique a été changée',
    text: 'L’adresse électronique enregistrée pour vous est maintenant une autre. Pendant dix jours, rien de vos données n’est remis, et pendant 30 jours nous écrivons aussi à l’ancienne adresse.',
  },
  'passkey-changed': {
    subject: 'Une de vos clés d’accès a été changée',
    text: 'Une clé d’accès a été ajoutée ou retirée. Pendant dix jours, rien de vos données n’est remis.',
  },
  'passkey-first': {
    subject: 'Une première clé d’accès a été ajoutée pour vous',
    text: 'Elle a été ajoutée après un code reçu par texto. Pendant dix jours, rien de vos données ne s’affiche dans le navigateur et rien ne va vers un nouveau compte d’appareil. Ce qui retourne aux appareils que vous aviez avant la panne continue.',
  },
  'content-asked': {
    subject: 'Quelqu’un demande à voir vos données récupérées',
    text: 'La personne a confirmé par un code reçu par texto. Nous attendons donc trois jours avant d’afficher quoi que ce soit dans le navigateur. Si ce n’était pas vous, arrêtez tout maintenant : rien n’a encore été affiché.',
  },
  'content-viewed': {
    subject: 'L’assistance a regardé vos données récupérées',
    text: 'Une personne de l’assistance a donné une raison et a regardé le contenu de certaines de vos données récupérées. À quel titre, quand, pourquoi et quoi : tout est sur votre page de sécurité.',
  },
  'opened-for': {
    subject: 'L’assistance a ouvert une question pour vous',
    text: 'Quelqu’un de l’assistance a noté ce que vous lui avez dit et a ouvert une question pour vous, après que votre opérateur a vérifié qui le demandait. Vous pourrez la lire, et la poursuivre, dès que vous pourrez vous connecter.',
  },
  'goes-on': {
    subject: 'Votre restauration reprend',
    text: 'Une restauration s’était arrêtée parce que quelque chose chez vous était gelé, verrouillé ou changé. C’est terminé, et quelqu’un a dit qu’elle reprend : vous, après avoir confirmé que c’est bien vous, ou l’assistance. Si vous ne le voulez pas, arrêtez-la maintenant.',
  },
  'undo-asked': {
    subject: 'Votre restauration est en cours d’annulation',
    text: 'Une personne qui a confirmé qui elle est a demandé d’annuler une restauration. Ce que celle-ci a mis dans votre compte d’appareil, et que vous n’avez pas changé depuis, en est retiré. Si vous ne le voulez pas, arrêtez-la maintenant. Ce qui a été récupéré reste chez nous et peut être restauré de nouveau.',
  },
  'overwrite-asked': {
    subject: 'L’assistance demande que des éléments récupérés prennent la place des vôtres',
    text: 'Pour une de vos demandes, une personne de l’assistance a demandé que des éléments récupérés prennent la place de ce que votre compte contient maintenant, là où les deux diffèrent. Rien n’est changé avant qu’une autre personne de l’assistance ait donné son accord et que la demande soit approuvée. D’ici là vous pouvez l’arrêter, et pendant 30 jours ensuite l’annuler.',
  },
  'overwrite-approved': {
    subject: 'Des éléments récupérés prendront la place des vôtres',
    text: 'Deux personnes de l’assistance ont décidé que, pour une de vos demandes, des éléments récupérés prennent la place de ce que votre compte contient maintenant, là où les deux diffèrent. Ce qui y était est conservé, et vous pouvez annuler la restauration pendant 30 jours.',
  },
  'overwrite-ended': {
    subject: 'Les éléments récupérés ne prendront pas la place des vôtres',
    text: 'L’assistance avait demandé que des éléments récupérés prennent la place de ce que votre compte contient maintenant. Cela n’a pas été accepté, ou a été retiré. Votre demande continue avec la règle que vous avez choisie.',
  },
  'crossing-asked': {
    subject: 'L’assistance demande à mettre des données dans le compte d’une autre personne',
    text: 'Une personne de l’assistance a demandé que ce qui a été récupéré pour l’une de deux personnes de votre opérateur soit mis dans le compte de l’autre, et vous êtes l’une des deux. Rien ne se passe avant qu’une autre personne de l’assistance ait donné son accord et que vous ayez dit oui tous les deux, chacun dans sa propre session. Personne ne peut dire oui à votre place.',
  },
  'crossing-consent': {
    subject: 'Il nous faut votre oui ou votre non',
    text: 'Deux personnes de l’assistance sont d’accord pour que des données d’une personne soient mises dans le compte d’une autre, et vous êtes l’une des deux. Votre page de sécurité dit qui, combien et de quelle sorte. Rien ne se passe si vous ne dites pas oui tous les deux dans les sept jours. Vous ne l’avez pas demandé, et personne que vous connaissez n’en a besoin ? Dites non.',
  },
  'crossing-consented': {
    subject: 'L’un de vous deux a dit oui',
    text: 'Des données d’une personne doivent être mises dans le compte d’une autre, et vous êtes l’une des deux. Il y a un oui ; rien ne se passe avant l’autre.',
  },
  'crossing-waits': {
    subject: 'Deux oui sont là ; nous attendons trois jours',
    text: 'Des données d’une personne doivent être mises dans le compte d’une autre, et vous êtes l’une des deux. Rien n’y est mis pendant 72 heures, et ensuite seulement si deux personnes de l’assistance l’ont approuvé. D’ici là, chacun de vous peut encore dire non, sur la page de sécurité.',
  },
  'crossing-ended': {
    subject: 'Aucune donnée ne va dans le compte d’une autre personne',
    text: 'Ce qui était demandé entre vous et une autre personne a pris fin : quelqu’un a dit non, le délai est passé, ou quelque chose chez l’un de vous a été gelé, verrouillé ou changé. Rien n’a été mis nulle part.',
  },
  'crossing-approved': {
    subject: 'Des données vont dans le compte de l’autre personne',
    text: 'Deux personnes de l’assistance l’ont approuvé, après le délai et les deux accords. Ce qui y est mis peut en être retiré pendant 30 jours, par chacun de vous.',
  },
  'crossing-started': {
    subject: 'Des données sont en train d’être mises dans le compte de l’autre personne',
    text: 'C’est commencé. Vous n’avez rien à faire.',
  },
  'crossing-held': {
    subject: 'Nous avons cessé de mettre des données dans le compte de l’autre personne',
    text: 'Quelque chose chez l’un de vous a été gelé, verrouillé ou changé. Cela ne reprend qu’une fois terminé, et sur demande.',
  },
  'crossing-finished': {
    subject: 'Des données ont été mises dans le compte de l’autre personne',
    text: 'Votre page de sécurité dit combien et de quelle sorte. Chacun de vous peut les faire retirer pendant 30 jours.',
  },
  'crossing-undone': {
    subject: 'Des données ont été retirées du compte de l’autre personne',
    text: 'Ce qui y avait été mis et n’a pas été changé depuis n’y est plus.',
  },
  locked: {
    subject: 'Les restaurations sont verrouillées',
    text: 'Personne ne peut demander vos données, et ce qui était en cours s’est arrêté, jusqu’à ce que vous les déverrouilliez.',
  },
  unlocked: {
    subject: 'Les restaurations sont déverrouillées',
    text: 'Vos données peuvent de nouveau être demandées. Ce qui s’était arrêté reprend quand vous le dites.',
  },
  frozen: {
    subject: 'Tout est gelé',
    text: 'Quelqu’un a dit « ce n’était pas moi ». Les restaurations se sont arrêtées, les codes ne fonctionnent plus, et tout le monde a été déconnecté. L’assistance s’en occupe et prend contact avec vous.',
  },
  thawed: {
    subject: 'Votre compte n’est plus gelé',
    text: 'Deux personnes de l’assistance l’ont examiné. Ce qui s’était arrêté reprend quand vous le dites sur sa page.',
  },
  'erasure-asked': {
    subject: 'L’effacement de tout ce qui vous concerne a été demandé',
    text: 'Une autre personne en décide, et vous avez ensuite sept jours pour l’annuler. Ce qui a été récupéré pour vous disparaîtrait aussi : personne ne pourrait le faire revenir. Si vous ne le vouliez pas, annulez-le sur votre page, ou arrêtez tout.',
  },
  'erasure-approved': {
    subject: 'Tout ce qui vous concerne sera effacé dans sept jours',
    text: 'Deux personnes ont donné leur accord. Ce qui a été récupéré pour vous, vos demandes et vos adresses disparaîtront alors, et personne ne pourra les faire revenir. D’ici là, vous pouvez l’annuler sur votre page.',
  },
  'erasure-refused': {
    subject: 'Rien de ce qui vous concerne ne sera effacé',
    text: 'L’effacement demandé a été refusé, ou la loi exige que vos données soient conservées pour le moment. Vous pourrez le demander de nouveau plus tard.',
  },
  'erasure-withdrawn': {
    subject: 'L’effacement a été annulé',
    text: 'Rien de ce qui vous concerne n’est effacé, et tout reste comme avant.',
  },
} satisfies SameKeys<typeof english>
