import type { passkeys as english } from '@/messages/en/passkeys'
import type { SameKeys } from '@/messages/same-keys'

export const passkeys = {
  title: 'Clés d’accès et sessions',
  lead: 'Ce avec quoi vous pouvez vous connecter, et où vous êtes connecté. Chaque fois qu’une clé d’accès est ajoutée ou révoquée, toutes vos autres sessions prennent fin.',
  list: 'Vos clés d’accès',
  none: 'Vous n’avez pas encore de clé d’accès. Avec elle, vous vous connectez par l’empreinte, le visage ou le code de votre appareil ; aucun message n’est nécessaire.',
  add: 'Ajouter une clé d’accès',
  create: 'Créer la clé d’accès',
  name: 'Nom de la clé d’accès',
  nameHint: 'Pour la reconnaître plus tard : « Ordinateur du bureau », « Clé de sécurité bleue ».',
  firstName: 'Ma première clé d’accès',
  change: 'Modifier {name}',
  rename: 'Enregistrer le nom',
  revoke: 'Révoquer la clé d’accès',
  revokeText: 'Elle n’ouvre plus rien, tout de suite et pour toujours. Vos autres sessions prennent fin.',
  added: 'Ajoutée le {day}.',
  lastUsed: 'Dernière utilisation le {moment}.',
  neverUsed: 'Pas utilisée depuis.',
  synced: 'Conservée par un service qui l’apporte à vos autres appareils.',
  oneDevice: 'Sur un seul appareil.',
  done: {
    added: 'La clé d’accès a été ajoutée. Vos autres sessions ont pris fin.',
    renamed: 'Le nom a été enregistré.',
    revoked: 'La clé d’accès a été révoquée. Vos autres sessions ont pris fin.',
    ended: 'C’est terminé. Il faudra se connecter de nouveau là-bas.',
  },
  sessions: {
    title: 'Où vous êtes connecté',
    limits: 'Une session prend fin après 24 heures, ou après 12 heures sans utilisation.',
    staffLimits: 'Une session prend fin après 24 heures, ou après une heure sans utilisation.',
    unknown: 'Un navigateur',
    here: 'Ce navigateur',
    by: {
      mail: 'Connexion par un lien le {moment}.',
      sms: 'Connexion par un code le {moment}.',
      passkey: 'Connexion par une clé d’accès le {moment}.',
    },
    seen: 'Dernière utilisation le {moment}.',
    end: 'Mettre fin à cette session',
    endOthers: 'Mettre fin à toutes les autres sessions',
  },
  signIn: {
    title: 'Se connecter avec une clé d’accès',
    text: 'Par l’empreinte, le visage, un code ou une clé de sécurité. Les personnes qui travaillent ici se connectent toujours ainsi.',
    begin: 'Se connecter avec une clé d’accès',
  },
  prove: {
    title: 'Confirmer avec votre clé d’accès',
    text: 'Avant toute modification importante, nous vous demandons de prouver qui vous êtes, si vous ne l’avez pas fait au cours des cinq dernières minutes. Votre clé d’accès vous ramène là où vous étiez.',
    begin: 'Confirmer avec votre clé d’accès',
    demonstration: 'Confirmer avec la clé d’accès de la démonstration',
  },
  device: {
    text: 'Votre navigateur ou votre appareil demande maintenant votre clé d’accès.',
    ask: 'Demander la clé d’accès',
    waiting: 'Répondez à ce que demande votre appareil.',
    cancelled:
      'L’appareil n’a donné aucune clé d’accès : la demande a été annulée, a duré trop longtemps, ou il n’en a pas pour ce site. Essayez de nouveau.',
    known: 'Cet appareil a déjà une clé d’accès à votre nom.',
    unsupported: 'Ce navigateur ne connaît pas les clés d’accès. Utilisez-en un autre, ou un plus récent.',
    failed: 'L’appareil n’a pas pu répondre. Essayez de nouveau, ou utilisez-en un autre.',
  },
  invitation: {
    title: 'Créez votre clé d’accès',
    text: '{name}, vous êtes invité à travailler ici. Votre rôle : {role}. Vous vous connectez avec une clé d’accès sur votre propre appareil ; il n’y a pas de mot de passe.',
    begin: 'Continuer',
    notYou: 'Ce n’est pas vous ? Fermez la page : il ne se passe rien.',
    overTitle: 'Cette invitation ne fonctionne plus',
    over: 'Elle a été utilisée, remplacée par une plus récente, ou date de plus de 24 heures. Demandez-en une autre à un administrateur.',
  },
  errors: {
    'passkey-script':
      'Les clés d’accès ont besoin de JavaScript, qui est désactivé dans ce navigateur. Activez-le pour ce site, puis recommencez.',
    'passkey-refused': 'Cette clé d’accès n’a pas été acceptée. Essayez de nouveau, ou utilisez-en une autre.',
    'passkey-late': 'Cela a duré plus de cinq minutes, ou la réponse a déjà été donnée. Recommencez.',
    'passkey-none': 'Vous n’avez pas encore de clé d’accès.',
    'passkey-needed': 'Les personnes qui travaillent ici confirment avec une clé d’accès.',
    'passkey-last':
      'C’est votre seule clé d’accès : rien d’autre ne vous laisse entrer. Ajoutez-en une autre avant de la révoquer.',
    'passkey-many': 'Vous avez déjà 12 clés d’accès. Révoquez-en une d’abord.',
    'passkey-name': 'Saisissez un nom de 60 caractères au plus',
    'invitation-over':
      'L’invitation a été utilisée, remplacée, ou date de plus de 24 heures. Demandez-en une autre à un administrateur',
  },
} satisfies SameKeys<typeof english>
