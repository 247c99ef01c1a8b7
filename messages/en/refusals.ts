/** What a form's answer could not be taken for, by the refusal's code. */
export const refusals = {
  'not-found': 'This is not there any more. Go back and look again',
  'not-allowed': 'You cannot do this with your account',
  'wrong-state':
    'Meanwhile something changed, so that this cannot be done now. Look at the page again before you go on',
  stale: 'Somebody else changed this a moment ago. Look at it again before you decide',
  'needs-proof': 'Confirm that it is you to go on',
  'held-frozen': 'Everything of yours is frozen, so this cannot be done now. Support looks into it',
  'held-locked': 'Restores are locked. Unlock them on the security page first',
  'held-changed':
    'A SIM, address or passkey was changed lately, so nothing is given out for ten days. The security page says until when',
  'bad-input': 'Check what you entered',
  'form-expired':
    'The page was open for a long time or in two windows. What you entered is kept: press the button again',
  'our-fault': 'Something on our side did not work, and nothing was changed. Press the button again in a minute',
} as const
