/** The end of what a case holds, and what stops it. */
export const keeping = {
  keeping: {
    hint: 'One person asks to destroy, another decides; what is under legal hold is kept. Both are asked for on the page of the case, and both stand in the audit log.',
    none: 'Nothing to destroy, nothing on hold.',
    noneHint: 'Open a case that has ended; ask for it under “Destruction and hold”.',
    waiting: 'Waiting for a decision',
    held: 'Legal holds',
    past: 'Earlier ones',
    noNumber: 'Case without a number',
    state: {
      waiting: 'Waiting',
      destroyed: 'Destroyed',
      rejected: 'Rejected',
      held: 'On hold',
      lifted: 'Lifted',
    },
    asked: 'Asked for by {{by}}, {{at}}',
    decided: 'Decided by {{by}}, {{at}}: {{comment}}',
    another: 'Another person decides',
    placed: 'Held by {{by}}, {{at}}',
    lifted: 'Lifted by {{by}}, {{at}}: {{reason}}',
    approve: 'Destroy',
    reject: 'Reject',
    approveText:
      'Names, content and attachments of this case cannot be read any more, at once and for good; older backups age out. Its number and its course stay.',
    rejectText: 'The case is kept as it is.',
    destroyedNote: 'Destroyed.',
    rejectedNote: 'Noted; the case is kept.',
    act: { destruction: 'Ask to destroy', hold: 'Legal hold', lift: 'Lift the hold' },
    text: {
      destruction:
        'Destroys what is protected in this case: names, content, attachments. Another person decides; until then nothing changes.',
      hold: 'For a lawsuit, a review or an inquiry: the case may not be destroyed, nor cleared when its time is over, until this is lifted.',
      lift: 'The case is then cleared when its time is over, and its destruction can be asked for.',
    },
    done: { destruction: 'Asked for; another person decides.', hold: 'On hold.', lift: 'Lifted.' },
    ofCase:
      'What is protected is cleared when its time is over. To destroy it earlier one person asks and another decides; to keep it, put it on legal hold with a reason.',
    isDestroyed: 'What was protected in this case is destroyed and cannot be brought back.',
    reason: 'Reason',
    reasonHint: 'Kept with your name for good: write no name of a petitioner or other protected content.',
    reasonMissing: 'Please say why.',
  },
};
