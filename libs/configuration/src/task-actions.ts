/** What `ct.taskActions` of a user task can name: 转办 委派 加签 退回 撤回 抄送 催办 评论 附件. */
export const taskActions = [
  'transfer',
  'delegate',
  'sign',
  'return',
  'withdraw',
  'copy',
  'urge',
  'comment',
  'attach',
] as const;

export type TaskAction = (typeof taskActions)[number];
