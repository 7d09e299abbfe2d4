/** The page of a running event. */
export const room = {
  room: {
    title: 'Event room',
    ended: 'The event is over.',
    clocks: 'Clocks',
    since: 'Running for',
    begins: 'Begins in',
    until: '{{name}} due in',
    untilMoment: 'Until {{name}}',
    late: '{{name}} is late by',
    noReport: 'No report due now',
    write: 'Write {{name}}',
    level: 'Response level',
    noLevel: 'not yet decided',
    actions: 'Quick entries',
    noted: 'Noted.',
    tasks: 'Tasks by post',
    journal: 'Journal',
    done: 'done {{at}}',
    stopped: 'Stopped {{at}}',
  },
};
