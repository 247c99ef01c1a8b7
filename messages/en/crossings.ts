/** What the two persons read of a crossing: records of one are put into an account of the other. */
export const crossings = {
  list: 'Between you and another person',
  title: { source: 'Your records into another person’s account', target: 'Another person’s records into your account' },
  back: 'Security',
  lead: {
    source:
      'Support asks, by the word of two people, that what was recovered for you is put into the account of {account}. They then have it for good: they can read it, change it and pass it on.',
    target:
      'Support asks, by the word of two people, that what was recovered for {account} is put into an account of yours. Everything that you have there stays as it is.',
  },
  leadDone: {
    source:
      'By the word of two people of support, and with the yes of both of you, what was recovered for you was put into the account of {account}.',
    target:
      'With the yes of both of you, what was recovered for {account} was put into an account of yours. Everything that you had there stayed as it was.',
  },
  leadUndone: {
    source:
      'What had been put into the account of {account} was taken out again. What was changed there since has stayed.',
    target:
      'What of {account} had been put into your account was taken out again. What you have changed since has stayed, and so has everything of your own.',
  },
  leadOver: {
    source:
      'Support had asked that what was recovered for you is put into the account of {account}. It has ended, and nothing was put there.',
    target:
      'Support had asked that what was recovered for {account} is put into an account of yours. It has ended, and nothing was put there.',
  },
  warning:
    'Say yes only if you know this person and want it. Nobody of support may ask you for a code, or press you to say yes. If you did not expect this, say no: it ends at once, and nothing was put anywhere.',
  facts: {
    other: 'The other person’s account id',
    own: 'Yours',
    you: 'You',
    they: 'The other person',
    until: 'Answer until',
    opens: 'Not before',
  },
  yes: 'Yes, {moment}',
  notYet: 'No answer yet',
  what: 'What it is about',
  columns: { category: 'Kind', asked: 'Records', there: 'In the account', notThere: 'Not put there' },
  placed:
    '{count, plural, one {# record of {account} was put} other {# records of {account} were put}} here on {moment}, by the word of two people.',
  states: {
    asked: 'Asked',
    open: 'Waits for your answer',
    other: 'Waits for the other person',
    filed: 'Both have said yes',
    refused: 'Somebody said no',
    expired: 'Run out',
    ended: 'Ended',
  },
  forSupport: {
    asked: 'Another of support has to agree',
    open: 'Waits for both persons',
    filed: 'Both have said yes',
    refused: 'One of the two said no',
    expired: 'The answers did not come in time',
    ended: 'Ended',
  },
  own: 'These are records of {account}, not yours. Both of you have said yes to putting them into your account.',
  unnamed: 'What another person’s records are called is not shown here. What was put into your account you find there.',
  stages: { held: 'Stopped', done: 'Finished', undone: 'Taken out again' },
  progress: {
    filed: 'Two people of support approve it after the wait.',
    approved: 'Approved. It begins soon.',
    declined: 'Support has declined it. Nothing was put anywhere.',
    running: 'It is under way.',
    waiting: 'It is under way.',
    held: 'It has stopped.',
  },
  consent: 'Yes, I want this',
  refuse: 'No',
  undo: 'Take it out again',
  undoText: 'What was put there and not changed since is removed. Everything else in the account stays.',
  see: 'See it and answer',
  look: 'See how it stands',
  done: {
    consented: 'Your yes is noted.',
    refused: 'Your no is noted. It has ended.',
    undo: 'It is being taken out again.',
  },
  ask: {
    open: 'Into another person’s account instead',
    text: 'For somebody whose contract or account id has changed, or a family whose device was replaced. Another person of support has to agree, then both persons, each with a second proof, and then it waits 72 hours.',
    to: 'The other person’s account id',
    toHint: 'As the carrier writes it, letter by letter.',
    find: 'Look for their accounts',
    title: 'Into another person’s account',
    account: 'Which account of theirs?',
    accountHint: 'Only those known before the incident.',
    none: 'No other subscriber of this carrier with this account id has an account that was known before the incident.',
    why: 'Why, and how do you know that both want it?',
    whyHint: 'For the person who decides. Name nobody, and nothing that the records say.',
    ask: 'Ask for it',
    sent: 'It was asked to put this into the account of {account}.',
    sentSee: 'See how it stands',
    carriedTitle: 'Another person’s records',
    two: 'Two people must approve',
    cooling: 'The second approval counts from {moment} on: 72 hours after both had said yes.',
    waited: 'The 72 hours since both said yes are over.',
    approveText:
      'The records are then put there at once. Both persons proved who they are when they said yes; for 30 days either can have them taken out again.',
    filedBy: 'Both persons have said yes',
    carried:
      'These are records of {account}, to be put into the account of this request’s subscriber. Both have said yes.',
    over: 'One of the two said no, or was held or erased, after both had said yes. It cannot be approved, and is declined by itself.',
    undo: 'Take these records out of the account again',
  },
  errors: {
    'crossing-over': 'It has been decided, ended or has run out',
    'decision-moot': 'What was asked for does not wait for a decision any more',
    'crossing-no-account': 'The account is not there any more',
    'source-withheld': 'What was recovered is not given out for now',
    'held-frozen': 'One of you is frozen: nothing is given out',
    'held-locked': 'One of you has locked restores: nothing is given out',
    'held-changed': 'A SIM, address or passkey of one of you was changed within ten days: nothing is given out',
    'cannot-undo': 'It cannot be taken out any more, or is being taken out already',
    'undo-over': 'The 30 days in which it could be taken out are over',
    'changed-meanwhile': 'It has changed meanwhile. Look again',
    'form-expired': 'Send the form once more',
  },
} as const
