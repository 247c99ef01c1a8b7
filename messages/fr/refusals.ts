import type { refusals as english } from '@/messages/en/refusals'
import type { SameKeys } from '@/messages/same-keys'

export const refusals = {
  'not-found': 'Ceci n’est plus là. Revenez en arrière et regardez de nouveau',
  'not-allowed': 'Votre compte ne permet pas de faire cela',
  'wrong-state':
    'Entre-temps quelque chose a changé, et cela ne peut pas se faire maintenant. Regardez de nouveau la page avant de continuer',
  stale: 'Quelqu’un d’autre vient de modifier ceci. Regardez de nouveau avant de décider',
  'needs-proof': 'Confirmez que c’est bien vous pour continuer',
  'held-frozen': 'Tout ce qui est à vous est gelé ; cela n’est donc pas possible maintenant. L’assistance s’en occupe',
  'held-locked': 'Les restaurations sont verrouillées. Déverrouillez-les d’abord sur la page de sécurité',
  'held-changed':
    'Une carte SIM, une adresse ou une clé d’accès a été changée il y a peu ; rien n’est donc remis pendant dix jours. La page de sécurité dit jusqu’à quand',
  'bad-input': 'Vérifiez ce que vous avez saisi',
  'form-expired':
    'La page est restée ouverte longtemps ou dans deux fenêtres. Votre saisie est conservée : appuyez de nouveau sur le bouton',
  'our-fault':
    'Quelque chose n’a pas fonctionné chez nous, et rien n’a été modifié. Appuyez de nouveau sur le bouton dans une minute',
} satisfies SameKeys<typeof english>
