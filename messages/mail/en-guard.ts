/** What happened to how a person’s data is guarded, as it is told to them. */
export const guard = {
  freeze: 'If this was not you, stop everything with one press:',
  see: 'See how your data is guarded',
  at: 'It happened on {moment}.',
  'account-added': {
    subject: 'A device account was added',
    text: 'An account was added that recovered data could be put into. Nothing is put there for 72 hours, and not before two people have looked at it.',
  },
  'password-renewed': {
    subject: 'A new password was given for your device account',
    text: 'Somebody who confirmed with a code that it was you gave a new password for one of your device accounts.',
  },
  'code-sent': {
    subject: 'A code was sent to your telephone',
    text: 'Somebody who is signed in with your mail address asked for a code, to get at your data or to change something.',
  },
  'sim-changed': {
    subject: 'The SIM of your number was changed',
    text: 'Your carrier says that the SIM of the number on file was changed. For ten days nothing of your data is given out. If you did not change it, call your carrier at once.',
  },
  'address-changed': {
    subject: 'Your mail address was changed',
    text: 'The mail address on file for you is another one now. For ten days nothing of your data is given out, and for 30 days we write to the old address too.',
  },
  'passkey-changed': {
    subject: 'A passkey of yours was changed',
    text: 'A passkey was added or removed. For ten days nothing of your data is given out.',
  },
  'passkey-first': {
    subject: 'A first passkey was added for you',
    text: 'It was added after a code from a text message. For ten days nothing of your data is shown in the browser, and nothing goes to a new device account. What goes back to the devices you had before the outage goes on.',
  },
  'content-asked': {
    subject: 'Somebody asked to see your recovered data',
    text: 'They confirmed it with a code from a text message, so we wait three days before anything is shown in the browser. If it was not you, stop it now: nothing has been shown yet.',
  },
  'content-viewed': {
    subject: 'Support looked at your recovered records',
    text: 'Somebody who works in support gave a reason and looked at what some of your recovered records say. In which role, when, why and at what: all of it stands on your security page.',
  },
  'opened-for': {
    subject: 'Support has opened a question for you',
    text: 'Somebody in support wrote down what you told them and opened a question for you, after your carrier had checked who asked. You can read it, and go on with it, once you can sign in.',
  },
  'goes-on': {
    subject: 'Your restore goes on',
    text: 'A restore had stopped because something of yours was frozen, locked or changed. That is over, and somebody has said that it goes on: you, after confirming that it is you, or support. If you do not want it, stop it now.',
  },
  'undo-asked': {
    subject: 'Your restore is being undone',
    text: 'Somebody who confirmed who they are has asked to undo a restore. What it put into your device account, and you have not changed since, is taken out of it. If you do not want it, stop it now. What was recovered stays with us, and can be restored again.',
  },
  'overwrite-asked': {
    subject: 'Support asks to let recovered records take the place of yours',
    text: 'For a request of yours, a member of support has asked that recovered records take the place of what your account has now, where the two differ. Nothing is changed before another person of support has agreed and the request is approved. Until then, and for 30 days after, you can stop it or undo it.',
  },
  'overwrite-approved': {
    subject: 'Recovered records will take the place of yours',
    text: 'Two people of support have decided that, for a request of yours, recovered records take the place of what your account has now, where the two differ. What was there before is kept, and you can undo the restore for 30 days.',
  },
  'overwrite-ended': {
    subject: 'Recovered records will not take the place of yours',
    text: 'Support had asked that recovered records take the place of what your account has now. This was not agreed to, or was taken back. Your request goes on with the rule that you chose.',
  },
  'crossing-asked': {
    subject: 'Support asks to put records into another person’s account',
    text: 'A member of support has asked that what was recovered for one of two persons of your carrier is put into the other’s account, and you are one of the two. Nothing happens before another member of support has agreed, and both of you have said yes, each in a session of your own. Nobody can say yes for you.',
  },
  'crossing-consent': {
    subject: 'We need your yes or no',
    text: 'Two members of support have agreed that records of one person may be put into another person’s account, and you are one of the two. On your security page you see who, how many and of what kind. Nothing happens unless both of you say yes within seven days. Did you not ask for this and does nobody you know need it? Say no.',
  },
  'crossing-consented': {
    subject: 'One of you has said yes',
    text: 'Records of one person are to be put into another person’s account, and you are one of the two. One yes is there; nothing happens before the other.',
  },
  'crossing-waits': {
    subject: 'Both have said yes; we wait three days',
    text: 'Records of one person are to be put into another person’s account, and you are one of the two. Nothing is put there for 72 hours, and then only once two members of support have approved it. Until then either of you can still say no, on the security page.',
  },
  'crossing-ended': {
    subject: 'No records go into another person’s account',
    text: 'What was asked for between you and another person has ended: somebody said no, it ran out, or something of one of you was frozen, locked or changed. Nothing was put anywhere.',
  },
  'crossing-approved': {
    subject: 'Records go into the other person’s account',
    text: 'Two members of support have approved it, after the wait and both consents. What is put there can be taken out again for 30 days, by either of you.',
  },
  'crossing-started': {
    subject: 'Records are being put into the other person’s account',
    text: 'It has begun. You can leave everything to us.',
  },
  'crossing-held': {
    subject: 'We have stopped putting records into the other person’s account',
    text: 'Something of one of you was frozen, locked or changed. It goes on only once that is over and it has been asked for.',
  },
  'crossing-finished': {
    subject: 'Records were put into the other person’s account',
    text: 'On your security page you see how many, of what kind. Either of you can have them taken out again for 30 days.',
  },
  'crossing-undone': {
    subject: 'Records were taken out of the other person’s account again',
    text: 'What had been put there and was not changed since is gone from there.',
  },
  locked: {
    subject: 'Restores are locked',
    text: 'Nobody can ask for your data, and what was under way has stopped, until you unlock restores.',
  },
  unlocked: {
    subject: 'Restores are unlocked',
    text: 'Your data can be asked for again. What had stopped goes on when you say so.',
  },
  frozen: {
    subject: 'Everything is frozen',
    text: 'Somebody said “this was not me”. Restores have stopped, codes no longer work, and everybody was signed out. Support looks into it and gets in touch with you.',
  },
  thawed: {
    subject: 'Your account is no longer frozen',
    text: 'Two people of support have looked into it. What had stopped goes on when you say so on its page.',
  },
  'erasure-asked': {
    subject: 'Somebody asked that everything about you be erased',
    text: 'Another person decides on it, and you have seven days after that to take it back. What was recovered for you would be gone as well: nobody could bring it back. If you did not want this, take it back on your page, or stop everything.',
  },
  'erasure-approved': {
    subject: 'Everything about you will be erased in seven days',
    text: 'Two people have agreed. What was recovered for you, your requests and your addresses go then, and nobody can bring them back. Until then you can take it back on your page.',
  },
  'erasure-refused': {
    subject: 'Nothing about you will be erased',
    text: 'The erasure that was asked for was refused, or the law asks that your data be kept for now. You can ask again later.',
  },
  'erasure-withdrawn': {
    subject: 'The erasure was taken back',
    text: 'Nothing about you is erased, and everything stays as it was.',
  },
} as const
