import { guard } from '@/messages/mail/en-guard'
import { resolved, ticketNews } from '@/messages/mail/en-ticket-news'

/** The sentences of the mails in English. French has the same keys. */
export const mail = {
  hello: 'Hello {name},',
  helloNobody: 'Hello,',
  count: {
    contacts: '{count, plural, one {# contact} other {# contacts}}',
    calendar: '{count, plural, one {# calendar entry} other {# calendar entries}}',
    tasks: '{count, plural, one {# task} other {# tasks}}',
    notes: '{count, plural, one {# note} other {# notes}}',
    photos: '{count, plural, one {# photo} other {# photos}}',
  },
  category: {
    contacts: 'Contacts',
    calendar: 'Calendar',
    tasks: 'Tasks',
    notes: 'Notes',
    photos: 'Photos',
  },
  footer: {
    sender: 'Homeward writes to you for {carrier}.',
    ourselves: 'This message comes from Homeward.',
    never: 'We never ask for a password by mail or by phone.',
    affected: 'You get this from Homeward because you are a subscriber of {carrier}.',
    subscribed: 'You get this from Homeward because you asked to be told.',
    preferences: 'Choose what you hear of',
    unsubscribe: 'Stop these messages',
    help: 'Help',
    copyLink: 'If the button does nothing, copy this address into your browser:',
  },
  reference: 'Your reference: {reference}',
  seeRequest: 'See your request',
  state: {
    investigating: 'Being investigated',
    identified: 'Cause is known',
    monitoring: 'Being restored',
    resolved: 'Resolved',
    postmortem: 'Reviewed',
    scheduled: 'Planned maintenance',
    in_progress: 'Maintenance under way',
    verifying: 'Maintenance being checked',
    completed: 'Maintenance finished',
  },
  advice: {
    heading: 'What to do and what not to do now',
    do: 'Do',
    doNot: 'Do not',
    dated: 'Advice number {version, number}, of {moment}',
  },
  update: {
    subject: '{state}: {title}',
    stateAt: '{state} – {moment}',
    correction: 'This puts an earlier statement right: {reason}',
    next: 'We write the next statement by {moment}.',
    button: 'See everything about it',
  },
  notice: {
    button: 'Read it at {carrier}’s page',
    correction: 'This puts an earlier notice right: {reason}',
  },
  withdrawn: {
    subject: 'Withdrawn: {title}',
    preview: 'What we wrote to you does not hold any more.',
    heading: 'A notice that we sent you is withdrawn',
    text: 'On {moment} we sent you “{title}”. It does not hold any more, for this reason:',
    button: 'See what holds now',
  },
  postmortem: {
    subject: 'What we learnt from: {title}',
    preview: 'What happened, why, and what we change.',
    heading: 'What we learnt from: {title}',
    text: 'The incident is over. This is what happened, why, and what we change so that it does not happen again.',
    button: 'Read it on its page',
  },
  subscribe: {
    subject: 'Confirm that we may write to you',
    preview: 'One press, and we tell you what happens.',
    heading: 'Do you want to hear of incidents?',
    text: 'Somebody asked us to tell this address what happens. Press the button if that was you; before that we send nothing more.',
    button: 'Yes, write to me',
    notYou:
      'If it was not you, delete this message: nothing happens. The button works for {hours, plural, one {# hour} other {# hours}}.',
  },
  subscribed: {
    subject: 'We write to you already',
    preview: 'You can change what you hear of.',
    heading: 'You hear of incidents already',
    text: 'Somebody asked us to tell this address what happens. It is on the list already, and nothing has changed. You can see and change what you hear of.',
    button: 'See what I hear of',
    notYou: 'If it was not you, you need do nothing.',
  },
  overdue: {
    subject: 'A promise is overdue: {title}',
    preview: 'It is shown as missed in public.',
    heading: 'A promise is overdue',
    text: 'About “{title}” something was promised in public, and its time is over:',
    promised: '{promised}, by {moment}',
    what: 'Everybody can see that it was missed. Say now how things stand, and promise only what you can keep.',
    button: 'Go to the incident',
  },
  chainRoot: {
    subject: 'Root of the event chains, {moment}',
    preview: 'Keep this message: it shows later whether anything was changed or cut.',
    heading: 'Keep this root of the event chains',
    text: 'On {moment} {chains, plural, one {# chain} other {# chains}} with {events, plural, one {# event} other {# events}} had this root:',
    keep: 'Keep this message where nobody of the operators can change it. To check against it, save the following line as a file, and have the operator run “homeward audit verify --root” with that file:',
    button: 'See the published file',
  },
  signIn: {
    subject: 'Your link to sign in to Homeward',
    preview: 'It works once, for {minutes, plural, one {# minute} other {# minutes}}.',
    heading: 'Sign in to Homeward',
    text: 'Press the button to sign in. The link works once, for {minutes, plural, one {# minute} other {# minutes}}.',
    button: 'Sign in',
    notYou:
      'If you did not ask for this, delete this message. Without the link nobody can sign in, and nothing happens.',
  },
  enrol: {
    subject: 'Your invitation to work in Homeward',
    preview: 'It works once, for {hours, plural, one {# hour} other {# hours}}.',
    heading: 'Create your passkey',
    text: 'An administrator has given you an account. You sign in with a passkey: by fingerprint, face or PIN of your own device, or with a security key. There is no password.',
    once: 'Press the button on the device you want to use. The link works once, for {hours, plural, one {# hour} other {# hours}}. Give it to nobody: whoever uses it signs in as you.',
    button: 'Create my passkey',
    notYou: 'If you do not work there, delete this message.',
  },
  filed: {
    subject: 'We have your request {reference}',
    preview: 'Support looks at it next. You need do nothing.',
    heading: 'We have your request',
    text: 'On {moment} you asked us to put recovered data back into your account:',
    next: 'What happens next',
    steps: {
      check: 'Support checks the request.',
      restore: 'We put your data back. Nothing that is in your account now is lost, and you can undo it for 30 days.',
      report: 'You get a report that accounts for every record.',
    },
    write:
      'We write to you when it is decided, when it is finished, and if we need you. You need do nothing, and you can close the page.',
  },
  filedFor: {
    subject: 'Support has filed request {reference} for you',
    preview: 'After your carrier had checked who asked. If it was not you, stop it now.',
    heading: 'A request was filed for you',
    text: 'On {moment} somebody in support filed a request for you, after your carrier had checked who asked. It asks to put this recovered data back into a device account that was yours before the outage:',
    another: 'Another person in support checks the request.',
  },
  split: {
    subject: 'Your request {whole} is two now: {whole} and {reference}',
    preview: 'Nothing was left out. Both are decided on their own.',
    heading: 'Your request was divided in two',
    text: 'So that one part need not wait for the other, support has divided your request {whole}. This now has the reference {reference}:',
    rest: 'Everything else you asked for stays in {whole}. Nothing was left out, and nothing is restored twice.',
    kept: 'Both go into the same device account, with what you chose for records that differ. You need do nothing: we write to you about each of them.',
  },
  approved: {
    subject: 'Your request {reference} is approved',
    preview: 'We are putting your data back.',
    heading: 'Your request is approved',
    text: 'We are now putting your data back into your account. Depending on how much it is and how fast the account’s server answers, this takes from a minute to some hours.',
    byRule: 'It was approved automatically: what we check first was all in order.',
    wait: 'You need do nothing, and you can close the page. We write to you when it is finished, or if we need you.',
    follow: 'Follow the progress',
  },
  started: {
    subject: 'Your restore {reference} has begun',
    preview: 'We are putting your data into your account.',
    heading: 'Your restore has begun',
    text: 'We are putting your data into your account now. You need do nothing, and you can close the page.',
  },
  guard,
  staffGuard: {
    see: 'See your passkeys and sessions',
    notYou:
      'If you know nothing of this, call an administrator at once: two of them can give up every passkey of yours.',
    'passkey-added': {
      subject: 'A passkey of yours was added',
      text: 'Somebody who was signed in as you, or held your invitation, added a passkey. It signs in as you.',
    },
    'passkey-renamed': {
      subject: 'A passkey of yours has another name',
      text: 'Somebody who was signed in as you gave one of your passkeys another name.',
    },
    'passkey-revoked': {
      subject: 'A passkey of yours was revoked',
      text: 'Somebody who was signed in as you revoked one of your passkeys. It does not sign in any more, and your other sessions have ended.',
    },
    'recovery-asked': {
      subject: 'An administrator asked to give up your passkeys',
      text: 'An administrator says that you lost your passkeys, and asks that they be given up. Another administrator has to agree; until then yours work.',
    },
    'recovery-approved': {
      subject: 'Your passkeys were given up',
      text: 'Two administrators gave up all your passkeys and ended your sessions. An invitation to enrol a new one is on its way in a message of its own.',
    },
    'recovery-refused': {
      subject: 'Your passkeys stay as they are',
      text: 'An administrator had asked to give up your passkeys. That was refused or taken back: nothing has changed.',
    },
    'role-changed': {
      subject: 'You have another role',
      text: 'An administrator gave you another role. Your sessions have ended; sign in again to see what you may do now.',
    },
    'sessions-ended': {
      subject: 'Your sessions were ended',
      text: 'An administrator ended all your sessions. Your passkeys still sign in. If a device of yours is lost, revoke its passkey.',
    },
    left: {
      subject: 'Your access has ended',
      text: 'An administrator ended your access to Homeward. Your passkeys and sessions do not work any more.',
    },
  },
  release: {
    see: 'Read the question',
    until: 'You can decide until {moment}. After that it has to be asked again.',
    'release-asked': {
      subject: '{category}: another person has to decide',
      text: 'Somebody asks to begin giving people’s recovered data back: “{category}”, in the incident “{title}”. Nothing is said in public until another incident manager or an administrator agrees.',
    },
    'release-approved': {
      subject: '{category}: your question was agreed to',
      text: 'You had asked about “{category}” in the incident “{title}”. Another person has agreed, and the status page says it now.',
    },
    'release-refused': {
      subject: '{category}: your question was refused',
      text: 'You had asked about “{category}” in the incident “{title}”. Another person has refused, and nothing has changed. Their note stands beside the question, where they wrote one.',
    },
    'release-expired': {
      subject: '{category}: nobody decided in time',
      text: 'You had asked about “{category}” in the incident “{title}”. Nobody decided within 72 hours, and nothing has changed. You can ask again.',
    },
  },
  askedAfter: {
    subject: 'Does everything look right? {reference}',
    preview: 'Look at your device, and tell us whether something is missing.',
    heading: 'Does everything look right?',
    text: 'Your restore was finished some days ago. Look at your contacts, calendar, tasks, notes and photos on your device, and tell us whether they look right.',
    missing: 'If something is missing, you can name it there, record by record. Support then looks at each of them.',
    button: 'Tell us how it looks',
    once: 'We ask this once. If everything is fine, you need not do anything.',
  },
  answer: {
    subject: 'Your case {reference}',
    answers: 'Support has answered you',
    asks: 'Support asks you something',
    writer: 'Written by: {writer}. About {reference}:',
    button: 'Read everything and reply',
    rate: 'Was this the answer you needed? At the end of that page you can say how it went.',
  },
  resolved,
  mentioned: {
    subject: 'A note names you: {reference}',
    text: 'A colleague has named you in a note on {reference}. What it says stands there.',
    button: 'Read the note',
  },
  ticketNews,
  breached: {
    subject: '{count, plural, one {# target was missed} other {# targets were missed}} ({whose})',
    preview: 'Subscribers have waited for longer than they were promised.',
    text: 'Between {since} and {until}, {count, plural, one {# target was missed} other {# targets were missed}} for tickets of {whose}: for a first answer, a decision or a restore.',
    raised: 'Their priority was raised by one step. The queue shows by when each was due.',
    see: 'Open the queue',
  },
  declined: {
    subject: 'Your request {reference} was not approved',
    preview: 'Nothing in your account was changed. Here is why.',
    heading: 'Your request was not approved',
    why: {
      'not-verified': 'Support could not make sure that the request came from you.',
      'wrong-account': 'The account you chose is not one that we may put your data into.',
      'asked-twice': 'You have asked for the same data already, and that request goes on.',
      'data-in-doubt': 'We are not sure that the recovered data is right, and we do not want to give you wrong data.',
      other: 'Support has written the reason on the page of your request.',
    },
    kept: 'Nothing in your account was changed, and your recovered data is kept. You can ask again.',
    button: 'Read the answer',
  },
  needsYou: {
    subject: 'We need you for your request {reference}',
    kept: 'What was put back stays, nothing is lost, and we go on from there.',
    keptHere: 'Your recovered data is kept here, so nothing is lost for good.',
    'password-refused': {
      preview: 'Your account no longer takes the password we have.',
      heading: 'Your account no longer takes the password',
      text: 'We stopped in the middle because your account’s server refuses the password that you gave us. Perhaps you changed it.',
      steps: {
        first: 'Sign in to Homeward with the button below.',
        second: 'Enter the account’s password there. Do not send it to us by mail.',
        third: 'Press “Go on”.',
      },
      button: 'Enter the password',
    },
    'account-full': {
      preview: 'There is no room left for the rest.',
      heading: 'Your account is full',
      text: 'We stopped in the middle because your account’s server says that there is no room left.',
      steps: {
        first: 'Make room in the account: large photos and old attachments take the most.',
        second: 'Or ask whoever runs the account for more room.',
        third: 'Then press “Go on” on the page of your request.',
      },
      button: 'Go on with the request',
    },
    'account-not-found': {
      preview: 'We cannot find your account any more.',
      heading: 'We cannot find your account any more',
      text: 'We stopped in the middle because the account, or the folder for your data in it, is not where it was.',
      steps: {
        first: 'See whether you can open the account yourself.',
        second: 'If its address has changed, say so on the page of your request.',
        third: 'Then press “Go on” there.',
      },
      button: 'See what is missing',
    },
    vanishing: {
      preview: 'What we put back is disappearing from your account.',
      heading: 'What we put back is disappearing again',
      text: 'A phone or a program may be emptying your account: records that we put back are gone after a short time. We stopped so that nothing is overwritten.',
      steps: {
        first: 'Turn off synchronising for this account on your phone and your computers. Do not reset them.',
        second:
          'If a device still holds data that is nowhere else, leave it switched on and do not remove its battery.',
        third: 'Then tell us on the page of your request which device it was, or press “Go on”.',
      },
      button: 'See what happened',
    },
    other: {
      preview: 'There is something that only you can decide.',
      heading: 'We need you to go on',
      text: 'We stopped in the middle because of something that only you can decide.',
      steps: {
        first: 'Sign in to Homeward with the button below.',
        second: 'The page of your request says what is the matter and what you can do.',
        third: 'Then press “Go on” there.',
      },
      button: 'See what is needed',
    },
  },
  finished: {
    subject: 'Your request {reference} is finished',
    previewLost: 'What could not be recovered, what is back, and until when you can undo it.',
    previewAll: 'All of it is back in your account.',
    heading: 'Your restore is finished',
    lostHeading: 'What is missing or unknown',
    missing:
      '{category}: {count, plural, one {# record that you had before the outage was} other {# records that you had before the outage were}} not recovered.',
    unknown:
      '{categories}: nobody knows how many you had before the outage, so we cannot say whether some are missing.',
    damaged:
      '{category}: {count, plural, one {# record is damaged and cannot be read. You can download it as it is.} other {# records are damaged and cannot be read. You can download them as they are.}}',
    partial:
      '{category}: {count, plural, one {# record is incomplete: some of it was lost.} other {# records are incomplete: parts of them were lost.}}',
    failed:
      '{category}: {count, plural, one {# record} other {# records}} could not be put into your account. The report says why.',
    skipped:
      '{category}: {count, plural, one {# record was} other {# records were}} left out, as you chose or because your account has no place for it. The report says why.',
    nothing: 'Everything that we know you had before the outage is back in your account.',
    backHeading: 'What is in your account',
    columns: { category: 'What', found: 'In the recovered data', account: 'Now in your account' },
    report: 'The report names every record that was not simply added, with the reason.',
    button: 'Read the report',
    undo: 'If this is not what you wanted, you can undo it until {moment}. What you changed since then stays as you left it.',
  },
  undone: {
    subject: 'Your restore {reference} was undone',
    preview: 'Your account is as it was before, but for what you changed since.',
    heading: 'Your restore was undone',
    failed:
      '{count, plural, one {# record} other {# records}} could not be taken back. The page of your request lists each with the reason.',
    spared:
      '{count, plural, one {# record was left as it is, because you changed it since. It is} other {# records were left as they are, because you changed them since. They are}} listed on the page of your request.',
    removed:
      '{count, plural, one {# record that we had added was removed.} other {# records that we had added were removed.}}',
    putBack:
      '{count, plural, one {# record that we had changed is as it was.} other {# records that we had changed are as they were.}}',
    nothing: 'There was nothing to take back.',
    kept: 'Your recovered data is kept. You can ask for it again at any time.',
    button: 'See what was undone',
  },
} as const
