export const status = {
  title: 'What is happening',
  none: {
    title: 'No incident is known',
    text: 'If data is missing on your device, sign in: you see there what is known about yours.',
  },
  since: 'Since {day}',
  incident: {
    investigating: 'Being investigated',
    identified: 'Cause is known',
    monitoring: 'Being restored',
    resolved: 'Resolved',
    postmortem: 'Looked back on',
  },
  signIn: {
    heading: 'Your data',
    text: 'Sign in to see what was recovered for you, and to ask for it back. Nothing goes to your device until you say so.',
    go: 'Sign in',
    goHome: 'See my data',
  },
  mail: {
    title: 'Sent mail',
    lead: 'In this demonstration mail is not sent: it is kept here.',
    none: 'No mail was written yet.',
    columns: { subject: 'Subject', to: 'To', sent: 'Sent' },
    to: 'To {to}, {moment}',
    text: 'As text',
    shown: 'As it looks',
  },
} as const
