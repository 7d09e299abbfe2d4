/** The page of a running event. */
export const room = {
  room: {
    title: '应急处置室',
    ended: '处置已结束。',
    clocks: '时钟',
    since: '已持续',
    begins: '距开始',
    until: '距{{name}}截止',
    untilMoment: '距{{name}}',
    late: '{{name}}已超时',
    noReport: '现在没有要报的',
    write: '去写{{name}}',
    level: '响应级别',
    noLevel: '待判定',
    actions: '快速记事',
    noted: '已记下。',
    tasks: '各岗位任务',
    journal: '处置记录',
    done: '{{at}} 已完成',
    stopped: '{{at}} 已停止',
  },
};
