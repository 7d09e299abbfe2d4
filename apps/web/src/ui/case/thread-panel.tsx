import { useTranslation } from 'react-i18next';
import type { InstanceDetail } from '../../lib/api-types.js';
import { momentText } from '../../lib/time.js';
import { SealedProvider, SealedValue } from '../sealed-value.js';
import { EmptyState } from '../states.js';
import { Thread } from '../thread.js';

/** The conversation with who follows the case; each text is opened with a reason, which is recorded. */
export function ThreadPanel({ instance }: { instance: InstanceDetail }) {
  const { t, i18n } = useTranslation();
  if (instance.thread.length === 0) return <EmptyState title={t('thread.none')} hint={t('thread.noneHint')} />;
  return (
    <SealedProvider processInstanceKey={instance.processInstanceKey} facts={instance.sealed}>
      <Thread
        entries={instance.thread.map(({ key, at, fromVisitor, text }) => ({
          key,
          isOwn: !fromVisitor,
          who: t(fromVisitor ? 'thread.visitor' : 'thread.office'),
          at: momentText(at, i18n.language),
          dateTime: at,
          text: <SealedValue handle={text} />,
        }))}
      />
    </SealedProvider>
  );
}
