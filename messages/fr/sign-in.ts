import type { signIn as english } from '@/messages/en/sign-in'
import type { SameKeys } from '@/messages/same-keys'

export const signIn = {
  title: 'Se connecter',
  lead: 'Nous vous écrivons avec un lien. Il n’y a aucun mot de passe à retenir.',
  email: 'Votre adresse électronique',
  emailHint: 'Celle que votre opérateur connaît.',
  send: 'Envoyez-moi un lien',
  sent: {
    title: 'Regardez votre boîte de réception',
    text: 'Si nous connaissons l’adresse {email}, un message avec un lien est en route. Le lien fonctionne une seule fois, pendant 15 minutes.',
    nothing:
      'Toujours rien après quelques minutes ? Regardez parmi les indésirables, vérifiez l’adresse, ou demandez à votre opérateur quelle adresse il a pour vous.',
    again: 'Demander un autre lien',
    demonstration: 'Dans cette démonstration, voici le message :',
    demonstrationUnknown: 'Cette adresse n’appartient à personne dans la démonstration : aucun message n’a été écrit.',
    open: 'Ouvrir le lien pour {email}',
  },
  link: {
    title: 'Se connecter à Homeward',
    text: 'Appuyez sur le bouton pour vous connecter sur cet appareil. Le lien cesse alors de fonctionner.',
    confirm: 'Se connecter',
    notYou: 'Vous n’avez rien demandé ? Fermez la page : il ne se passe rien.',
  },
  whose: {
    title: 'De qui voulez-vous voir les données ?',
    hint: 'Cette boîte appartient à plusieurs personnes. Vous pourrez changer de personne plus tard.',
    staff: 'Travailler en tant que {name}',
    staffHint: 'Le côté du personnel',
    unnamed: 'Compte {account}',
    account: '{carrier}, compte {account}',
    go: 'Continuer',
    none: 'Personne',
    noneTitle: 'Cette adresse n’appartient plus à personne ici',
    noneText: 'Déconnectez-vous, puis connectez-vous avec l’adresse que votre opérateur a pour vous.',
  },
  again: {
    title: 'Confirmez que c’est bien vous',
    text: 'Avant de remettre ou de modifier des données, nous vous demandons de prouver qui vous êtes, si vous ne l’avez pas fait depuis cinq minutes. Nous envoyons un lien à {email} ; il vous ramène là où vous étiez.',
    send: 'Envoyer le lien',
    kept: 'Ce que vous avez saisi est conservé.',
    sent: 'Un message avec un lien est en route vers {email}. Le lien fonctionne une seule fois, pendant 15 minutes, et vous ramène là où vous étiez.',
  },
  demonstration: {
    title: 'En tant que qui se connecter',
    hint: 'Choisissez quelqu’un ; le lien apparaît à la page suivante.',
    columns: { who: 'Qui', role: 'Rôle', address: 'Adresse' },
    subscriber: 'Abonné de {carrier}',
    as: 'Se connecter en tant que',
    more: 'Montrer tout le monde',
  },
  roles: {
    support_agent: 'Agent d’assistance',
    support_lead: 'Responsable de l’assistance',
    carrier_author: 'Rédacteur de l’opérateur',
    carrier_approver: 'Approbateur de l’opérateur',
    incident_manager: 'Responsable d’incident',
    administrator: 'Administrateur',
    auditor: 'Auditeur',
  },
  errors: {
    'email-missing': 'Saisissez votre adresse électronique',
    'email-form': 'Saisissez une adresse électronique comme nom@example.com',
    'too-many-links': 'Beaucoup de liens ont été demandés. Attendez 15 minutes, puis demandez de nouveau',
    'link-used': 'Ce lien a déjà servi ou date de plus de 15 minutes. Demandez-en un nouveau',
    'choose-person': 'Choisissez une personne',
  },
} satisfies SameKeys<typeof english>
