/** What an operator does to an instance from outside its own course. */
export const interventions = {
  intervention: {
    tab: 'Intervention',
    hint: 'Changes this process from outside its own course, at once.',
    hintOfCase:
      'Somebody waits for an answer here. A change from outside its own course needs a reason and takes effect once a second person approves it; the reason and both persons stand in the records and the audit log. Resuming needs no approval.',
    ended: 'It has ended and cannot be changed any more.',
    suspended: 'Suspended',
    suspendedSince: 'Suspended since {{at}}',
    verb: { suspend: 'Suspend', resume: 'Resume', variables: 'Change data', cancel: 'Cancel the case' },
    what: {
      suspend: 'Steps stop, deadlines go on, until it is resumed.',
      resume: 'Steps go on; what came meanwhile is dealt with.',
      variables: 'Changes one variable. Protected content cannot be changed here.',
      cancel:
        'Cancels all steps in progress: nothing more is done, and there is no written reply. There is no way back.',
    },
    reason: 'Reason',
    reasonHint: 'Whoever approves and all who may see this matter read it: no names and nothing protected, please.',
    reasonMissing: 'Please write the reason.',
    variable: 'Variable',
    value: 'New value',
    valueHint: 'As JSON: text in quotes such as "passed", a number such as 3, yes or no as true or false.',
    badVariable: 'Please write the name of the variable and a new value that is JSON.',
    ask: 'Ask for approval',
    done: 'Done.',
    waits: '"{{what}}" was asked for and waits for a second person',
    waitsHint: 'Until then everything stays as it is.',
    approvals: 'See what waits',
  },
};
