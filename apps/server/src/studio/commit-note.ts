/** What is said of a publication that Git did not take. */
export function noteOf(kind: 'unchanged' | 'unavailable' | 'failed'): string {
  const notes = {
    unchanged: '内容与上一版相同，没有新的提交。',
    unavailable: '此文件夹没有 Git,历史只保存在数据库中。',
    failed: '已发布，但 Git 提交没有成功，历史只保存在数据库中。',
  };
  return notes[kind];
}
