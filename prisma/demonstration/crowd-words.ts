import type { QuestionKind } from '@/domain/triage/ticket-inputs'
import type { Language } from '@/prisma/generated/enums'

interface Words {
  subject: string
  text: string
}

/** What people write of each kind. */
export const asked: Record<QuestionKind, Record<Language, readonly Words[]>> = {
  missing_records: {
    en: [
      {
        subject: 'Half of my contacts are names only',
        text: 'The restore went through, but many people have a name and no number.',
      },
      {
        subject: 'My doctor’s number is gone',
        text: 'Everybody else is back. The clinic and my doctor are not, and they were in there for years.',
      },
      {
        subject: 'Numbers of my old team',
        text: 'All that I typed in during the summer is missing. What is older came back.',
      },
      {
        subject: 'Some contacts came back empty',
        text: 'Four cards hold nothing at all. Is there another copy of them somewhere?',
      },
    ],
    fr: [
      {
        subject: 'Des contacts sans numéro',
        text: 'La restauration est faite, mais beaucoup de contacts n’ont plus que leur nom.',
      },
      {
        subject: 'Il manque le numéro de l’école',
        text: 'Presque tout est revenu, sauf l’école de mes enfants et la gardienne.',
      },
      {
        subject: 'Les contacts de l’été dernier',
        text: 'Tout ce que j’ai saisi depuis juin manque. Les plus anciens sont là.',
      },
      {
        subject: 'Quelques fiches sont vides',
        text: 'Quatre fiches sont revenues vides. Existe-t-il une autre copie ?',
      },
    ],
  },
  advice_loss: {
    en: [
      {
        subject: 'I never switched it off',
        text: 'I did as the notice said and kept it charged. It restarted by itself and everything was gone.',
      },
      {
        subject: 'The advice came too late',
        text: 'I had taken the battery out the evening before anybody said not to. What is left to be done?',
      },
      { subject: 'Followed every step', text: 'No reset, no battery out, always charged. The notes are still gone.' },
    ],
    fr: [
      {
        subject: 'Je ne l’ai jamais éteint',
        text: 'J’ai suivi le conseil et l’ai gardé chargé. Il a redémarré tout seul et tout a disparu.',
      },
      {
        subject: 'Le conseil est arrivé trop tard',
        text: 'J’avais retiré la pile la veille. Que peut-on encore faire ?',
      },
      { subject: 'J’ai tout suivi', text: 'Aucune remise à zéro, toujours chargé. Mes notes ont quand même disparu.' },
    ],
  },
  wrong_account: {
    en: [
      {
        subject: 'These are not my contacts',
        text: 'Among what you show me there are a few people I have never heard of. Whose are they?',
      },
      { subject: 'My old line', text: 'What you found belongs to my second line. Can it go to the phone I use now?' },
    ],
    fr: [
      {
        subject: 'Ce ne sont pas mes contacts',
        text: 'Parmi ce que vous montrez, il y a des gens que je ne connais pas. À qui sont-ils ?',
      },
      {
        subject: 'Mon ancienne ligne',
        text: 'Ce que vous avez trouvé vient de ma seconde ligne. Peut-on le remettre sur l’autre téléphone ?',
      },
    ],
  },
  compensation: {
    en: [
      { subject: 'A month for free?', text: 'A neighbour was told of a free month. Do I get it too, and by when?' },
      {
        subject: 'I lost a customer over this',
        text: 'Two appointments were missed because my calendar was empty. Who pays for that?',
      },
      { subject: 'Credit on my bill', text: 'The credit that was announced is not on this month’s bill.' },
    ],
    fr: [
      { subject: 'Un mois gratuit ?', text: 'On a parlé d’un mois gratuit à ma voisine. Y ai-je droit, et quand ?' },
      {
        subject: 'J’ai perdu un client',
        text: 'Deux rendez-vous manqués parce que mon agenda était vide. Qui paie pour cela ?',
      },
      { subject: 'Le crédit sur ma facture', text: 'Le crédit annoncé n’est pas sur la facture de ce mois.' },
    ],
  },
  other: {
    en: [
      { subject: 'Will my photos come as well?', text: 'Contacts are here, thank you. Is anybody looking for photos?' },
      {
        subject: 'Can I use the phone meanwhile?',
        text: 'May I add new contacts while you look, or will they be lost?',
      },
      { subject: 'How do I download everything?', text: 'I would like a copy on my own computer this time.' },
      { subject: 'Thank you', text: 'My late father’s number and his notes are back. I wanted somebody to know.' },
    ],
    fr: [
      { subject: 'Et mes photos ?', text: 'Les contacts sont là, merci. Est-ce qu’on cherche aussi les photos ?' },
      {
        subject: 'Puis-je m’en servir entre-temps ?',
        text: 'Si j’ajoute des contacts maintenant, seront-ils perdus ?',
      },
      { subject: 'Comment tout télécharger ?', text: 'J’aimerais en garder une copie chez moi, cette fois.' },
      { subject: 'Merci', text: 'Le numéro de mon père et ses notes sont revenus. Je voulais vous le dire.' },
    ],
  },
}

/** What support answers to each kind: `ask` where it needs to know more. */
export const answered: Record<QuestionKind, Record<Language, Record<'tell' | 'ask', string>>> = {
  missing_records: {
    en: {
      tell: 'What was only typed in after the last copy was made is in no backup. Everything older was looked for in all three batches.',
      ask: 'Which of them do you miss most, and on which device did you see them last?',
    },
    fr: {
      tell: 'Ce qui a été saisi après la dernière copie n’est dans aucune sauvegarde. Le reste a été cherché dans les trois lots.',
      ask: 'Lesquels vous manquent le plus, et sur quel appareil les avez-vous vus la dernière fois ?',
    },
  },
  advice_loss: {
    en: {
      tell: 'We are sorry: you did what we asked. It is noted in your case, and your carrier reads it when it decides.',
      ask: 'On which day did the device restart, and what did it show before?',
    },
    fr: {
      tell: 'Nous sommes désolés : vous avez fait ce que nous demandions. C’est noté dans votre dossier, et votre opérateur le lira.',
      ask: 'Quel jour l’appareil a-t-il redémarré, et que montrait-il avant ?',
    },
  },
  wrong_account: {
    en: {
      tell: 'We have stopped that restore. Nothing of it goes to a device before two of us have looked.',
      ask: 'Please name one of the people you do not know: then we can tell where the card came from.',
    },
    fr: {
      tell: 'Nous avons arrêté cette restauration. Rien n’ira sur un appareil avant que deux d’entre nous aient vérifié.',
      ask: 'Nommez-nous l’une de ces personnes : nous saurons alors d’où vient la fiche.',
    },
  },
  compensation: {
    en: {
      tell: 'Your carrier decides on it. We have handed over what it needs, and you will read of it here.',
      ask: 'From when to when was the service of no use to you?',
    },
    fr: {
      tell: 'C’est votre opérateur qui décide. Nous lui avons transmis le nécessaire, et vous le lirez ici.',
      ask: 'De quand à quand le service vous a-t-il fait défaut ?',
    },
  },
  other: {
    en: {
      tell: 'Thank you for asking. Your overview says it for each kind of data, with the date of the copy.',
      ask: 'Which device do you use at the moment?',
    },
    fr: {
      tell: 'Merci de votre question. Votre aperçu le dit pour chaque type de données, avec la date de la copie.',
      ask: 'Quel appareil utilisez-vous en ce moment ?',
    },
  },
}

/** What people write again after an answer. */
export const again: Record<Language, readonly string[]> = {
  en: [
    'Thank you. It was on the phone itself, the last time on the 1st of October.',
    'I still do not see it. Could you look once more?',
    'On the web site, on the evening before it went down.',
  ],
  fr: [
    'Merci. C’était sur le téléphone, la dernière fois le 1er octobre.',
    'Je ne le vois toujours pas. Pouvez-vous regarder encore une fois ?',
    'Sur le site, la veille de la panne.',
  ],
}

/** What support notes for itself. */
export const noted: Record<Language, readonly string[]> = {
  en: ['Called back: nobody answered. Again tomorrow.', 'Same device as in three other cases of this week.'],
  fr: ['Rappelé : pas de réponse. À refaire demain.', 'Même appareil que dans trois autres dossiers cette semaine.'],
}

export const tags = ['called-twice', 'business', 'press', 'accessibility', 'slide-lx', 'second-line'] as const
