/** What an operator does to an instance from outside its own course. */
export const interventions = {
  intervention: {
    tab: '人工干预',
    hint: '在流程之外改动这个流程，马上生效。',
    hintOfCase:
      '这件事有人在等答复。在流程之外改动它，要写明理由，并由另一个人批准后才生效；理由和两个人都写进办理记录和审计日志。恢复办理不用批准。',
    ended: '已经结束，不能再改动。',
    suspended: '已暂停',
    suspendedSince: '{{at}}起暂停办理',
    verb: { suspend: '暂停办理', resume: '恢复办理', variables: '改动数据', cancel: '终止办理' },
    what: {
      suspend: '步骤停办，期限照走，直到恢复。',
      resume: '步骤接着办，暂停期间到来的一并处理。',
      variables: '改动一个数据项。保密内容不能在这里改。',
      cancel: '取消所有正在进行的步骤，不再办理，也没有书面答复。不能撤回。',
    },
    reason: '理由',
    reasonHint: '批准的人和能看这件事的人都会看到，不要写姓名等保密内容。',
    reasonMissing: '请写明理由。',
    variable: '数据项',
    value: '新的值',
    valueHint: '按 JSON 写：文字加引号，如 "通过"；数字如 3；是或否如 true。',
    badVariable: '请写数据项的名称，新的值要符合 JSON 写法。',
    ask: '提交批准',
    done: '已生效。',
    waits: '已提出“{{what}}”，等另一个人批准',
    waitsHint: '批准以前一切照旧。',
    approvals: '查看待批准',
  },
};
