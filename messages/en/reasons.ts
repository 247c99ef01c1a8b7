/** What codes mean in plain words: what is missing, why a record cannot be read, what became of it, why a restore waits. */
export const reasons = {
  /** After "missing:". */
  missing: {
    name: 'name',
    phone: 'phone number',
    email: 'e-mail address',
    address: 'postal address',
    organization: 'company',
    title: 'title',
    birthday: 'birthday',
    url: 'web address',
    note: 'note',
    im: 'chat name',
    photo: 'picture',
    start: 'start',
    'date-unreadable': 'a date that can be read',
    'rule-unreadable': 'how it repeats',
    'time-zone': 'time zone',
    'text-unreadable': 'part of the text',
    'unreadable-line': 'a line that can be read',
    'cut-off': 'its end',
    other: 'another field',
  },
  damage: {
    'no-structure': 'These bytes belong to no record.',
    'cut-off': 'Only the beginning is left, and nothing in it can be used.',
    'not-text': 'It is not text any more.',
    'nothing-readable': 'Nothing in it can be read.',
    unsupported: 'It is of a kind that we cannot read.',
    'too-large': 'It is too large to be read.',
    other: 'It cannot be read.',
  },
  outcomes: {
    created: 'Brought back',
    merged: 'Merged',
    keptBoth: 'Kept beside yours',
    alreadyPresent: 'Already there',
    skipped: 'Left out',
    failed: 'Not brought back',
  },
  outcome: {
    'fields-added': 'In your account already. What was missing there was added; nothing of yours was changed.',
    replaced:
      'In your account with other content. The recovered record took its place, as two people of support decided. Undo puts yours back.',
    'differs-from-account': 'In your account too, with other content. You have both now.',
    'same-uid-twice': 'The recovered data held different records under one mark. You have them all.',
    'match-already-merged':
      'Another recovered record was merged with the one in your account, so this stands beside it.',
    'equal-in-account': 'The same was in your account already.',
    'equal-in-this-restore': 'Recovered twice, brought back once.',
    'nothing-to-add': 'Your account says everything that was recovered.',
    'restored-before': 'Brought back by an earlier restore.',
    damaged: 'Cannot be read. The original can be downloaded.',
    'kept-current': 'In your account with other content, and you chose to keep yours.',
    'cannot-be-merged': 'In your account with other content. Only contacts can be merged, so yours was kept.',
    'others-invited':
      'In your account with other content. Other people take part in it and would be written to, so yours was kept.',
    'left-out': 'Left out by you.',
    'no-place-for-notes': 'Your account takes no notes. They stay here as a download.',
    'no-place-for-category': 'Your account has no place for this kind of record. It stays here as a download.',
    'unsupported-type': 'Your account’s server does not take this kind of record.',
    'not-accepted': 'Not accepted by your account’s server.',
    'too-large': 'Larger than your account’s server allows.',
    forbidden: 'Your account’s server does not allow writing here.',
    'server-error': 'Your account’s server failed here, also when it was tried again.',
    'changed-meanwhile': 'Changed in your account while we were writing. Yours was kept.',
    'name-taken': 'Something else has this place in your account. Nothing was overwritten.',
    'uid-taken': 'Your account has another record under the same mark. Nothing was overwritten.',
    'not-readable-afterwards': 'Sent, and not given back by your account when we checked.',
    'source-changed': 'The recovered data is not what we had checked, so nothing was sent from it.',
  },
  undo: {
    removed: 'Taken away again',
    putBack: 'Put back as it was',
    spared: 'Left as it is',
    gone: 'Was gone already',
    untouched: 'Was not changed',
    failed: 'Could not be undone',
    'changed-since': 'You changed it since, so we left it.',
    failedBecause: 'Your account’s server did not allow it.',
    goneBecause: 'It was not in your account any more.',
  },
  /** To the subscriber: what happened, and what to do. */
  wait: {
    'password-refused': {
      title: 'Your account no longer takes the password we have',
      text: 'Give us the new password, then the restore goes on where it stopped.',
    },
    'account-full': {
      title: 'Your account is full',
      text: 'Make room there, for example by emptying its bin. Then press “Go on”. We also try again by ourselves every six hours.',
    },
    'server-unreachable': {
      title: 'We cannot reach your account’s server',
      text: 'There is nothing you must do. We try again every 15 minutes and go on where we stopped.',
    },
    'server-busy': {
      title: 'Your account’s server asked us to slow down',
      text: 'There is nothing you must do. We go on as soon as it lets us.',
    },
    'account-not-found': {
      title: 'Your account is not where it was',
      text: 'Its server says there is no such address. Check the account in your device’s settings, then add it again or press “Go on”.',
    },
    'address-not-allowed': {
      title: 'We are not allowed to connect to your account’s address',
      text: 'Support looks into it, and we write to you when it is finished. Nothing is lost.',
    },
    'server-not-understood': {
      title: 'Your account’s server answers in a way we do not understand',
      text: 'Support looks into it, and we write to you when it is finished. Nothing is lost.',
    },
    'source-changed': {
      title: 'We stopped, because the recovered data is not what we had checked',
      text: 'Nothing doubtful is put into your account. Support looks into it, and we write to you when it is finished.',
    },
    'batch-withheld': {
      title: 'We stopped, because what was recovered for you is being checked once more',
      text: 'There is nothing you must do. Nothing more of it is put into your account before the check is over; then we go on by ourselves where we stopped.',
    },
    vanishing: {
      title: 'Records that we brought back are disappearing from your account',
      text: 'Most likely a device with no data overwrites the account. Switch off syncing on your devices, one after the other, then press “Go on”. Your recovered records are safe here.',
    },
    frozen: {
      title: 'Everything is frozen, because somebody said that it was not you',
      text: 'Nothing more is put into your account. Support looks into it with you, and then it can go on where it stopped.',
    },
    locked: {
      title: 'We stopped, because you locked restores',
      text: 'Unlock them on the security page, then press “Go on”.',
    },
    'identity-changed': {
      title: 'We stopped, because a SIM, address or passkey of yours was changed',
      text: 'For ten days from then nothing is given out, so that nobody can use what they stole. After that press “Go on”.',
    },
    'other-held': {
      title: 'We stopped, because something of the other person’s was frozen, locked or changed',
      text: 'Nothing more of their records is put into your account until that is over. After that press “Go on”, or have what was put there taken out again.',
    },
    'our-fault': {
      title: 'Something on our side went wrong',
      text: 'There is nothing you must do. We try again in half an hour, and support has been told.',
    },
  },
  /** To support: what happened, and what to do. */
  waitForSupport: {
    'password-refused': 'The server refuses the stored password. The subscriber was asked for the new one.',
    'account-full':
      'The account has no room (507). The subscriber was asked to make some; tried again every six hours.',
    'server-unreachable': 'The server does not answer. Tried again every 15 minutes by itself.',
    'server-busy': 'The server asks for a pause. Goes on by itself.',
    'account-not-found': 'The server has no such account or collection. The subscriber was asked to check it.',
    'address-not-allowed':
      'The account’s address lies in a private range. An administrator may allow the host; else have the account added anew.',
    'server-not-understood':
      'The server breaks the protocol. Have an administrator read the stuck work before resuming.',
    'source-changed':
      'A holding’s digest is not the one noted at intake. Have an administrator look at the batch; do not resume before.',
    'batch-withheld':
      'A batch that it takes from was withheld. It goes on by itself when the batch is released, on which two administrators decide; resuming before changes nothing.',
    vanishing:
      'At least five and 5 % of what was pushed are gone: some device overwrites the account. The subscriber was told.',
    frozen: 'The subscriber said “this was not me”. It can go on when two people have ended the freeze.',
    locked: 'The subscriber has locked restores. They unlock them, and say when it goes on.',
    'identity-changed': 'A SIM, address or passkey of the subscriber’s was changed. It can go on ten days after that.',
    'other-held':
      'The person whose records these are is frozen, has locked restores, or changed a SIM, address or passkey. It can go on once that is over.',
    'our-fault': 'A fault of ours. Tried again every half hour; an administrator sees it among the stuck work.',
  },
  decline: {
    'not-verified': 'We could not make sure that this request comes from you.',
    'wrong-account': 'The device account you chose does not seem to be yours.',
    'asked-twice': 'You asked for the same before, and that request is under way or done.',
    'data-in-doubt': 'There is a doubt about the recovered data itself. It has to be checked first.',
    other: 'The reason is written below.',
    'crossing-over':
      'What was asked for between you and another person has ended: somebody said no, or something of one of you was frozen, locked or changed.',
  },
  declineForSupport: {
    'not-verified': 'Could not be verified',
    'wrong-account': 'Account is not the subscriber’s',
    'asked-twice': 'Asked for twice',
    'data-in-doubt': 'Recovered data is in doubt',
    other: 'Another reason, explained in the note',
    'crossing-over': 'One of the two said no, or was held or erased',
  },
  exceptions: {
    'unknown-file': 'No file that a batch should hold',
    'malformed-path': 'Path is not of the agreed form',
    'unknown-subscriber': 'No such subscriber',
    'subscriber-of-two-carriers': 'Two carriers have a subscriber of this id, and the batch names no carrier',
    'other-component': 'Holds records of another kind than its file is for',
    'expected-malformed': 'Line of expected.csv cannot be read',
    'unknown-carrier': 'Names a carrier that is not known',
    'no-incident': 'Names no incident',
    'malformed-incident': 'Names its incident in a form that cannot be used',
    'no-as-of': 'Does not say as of when',
    erased: 'Was somebody’s who has been erased: it is taken out of the bag',
    'malformed-as-of': 'Says as of when in a form that cannot be read',
    other: 'Something else',
  },
} as const
