import { useTranslation } from 'react-i18next';
import type { TaskRow } from '../../lib/api-types.js';
import { momentText } from '../../lib/time.js';
import { Deadline } from '../deadline.js';

/** Until when an open task is due, or when it ended: what is done is late no more. */
export function TaskEnd({ task, short = false }: { task: TaskRow; short?: boolean }) {
  const { t, i18n } = useTranslation();
  if (task.completedAt === null) return <Deadline dueAt={task.dueAt} lamp={task.lamp} short={short} />;
  const at = momentText(task.completedAt, i18n.language);
  return <span className="ct-soft">{t(task.state === 'CANCELED' ? 'room.stopped' : 'room.done', { at })}</span>;
}
