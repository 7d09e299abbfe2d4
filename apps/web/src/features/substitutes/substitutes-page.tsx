import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { isFailed } from '../../lib/is-failed.js';
import { PageFrame } from '../../ui/page-frame.js';
import { EmptyState, ErrorState, ListSkeleton, useProblemTexts } from '../../ui/states.js';
import { endSubstitution, type Substitution, useSubstitutions } from './api.js';
import { SubstituteForm } from './substitute-form.js';

/** Who stands in for whom: for oneself, and for everybody where one arranges that. */
export function SubstitutesPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const substitutions = useSubstitutions();
  const refresh = () => void client.invalidateQueries({ queryKey: ['substitutions'] });
  if (isFailed(substitutions))
    return <ErrorState error={substitutions.error} retry={() => void substitutions.refetch()} />;
  return (
    <PageFrame title={t('substitutes.title')} subtitle={t('substitutes.hint')} width={860}>
      {substitutions.isPending && <ListSkeleton />}
      {substitutions.data && (
        <div className="ct-stack">
          <SubstituteForm known={substitutions.data} done={refresh} />
          {substitutions.data.items.length === 0 && (
            <EmptyState title={t('substitutes.none')} hint={t('substitutes.noneHint')} />
          )}
          <ul className="ct-plain" aria-label={t('substitutes.title')}>
            {substitutions.data.items.map((item) => (
              <Row key={item.substitutionKey} item={item} done={refresh} />
            ))}
          </ul>
        </div>
      )}
    </PageFrame>
  );
}

function Row({ item, done }: { item: Substitution; done: () => void }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const problemText = useProblemTexts();
  const { account, substitute, from, until, reason, enteredBy, inForce, canEnd, substitutionKey } = item;
  const end = async () => {
    const title = t('substitutes.endAsk', { name: substitute.name });
    if (!(await modal.confirm({ title, okText: t('substitutes.end'), cancelText: t('common.cancel') }))) return;
    try {
      await endSubstitution(substitutionKey);
      void message.success(t('substitutes.ended'));
    } catch (error) {
      void message.error(problemText(error));
    }
    done();
  };
  return (
    <li className="ct-room-task">
      <div className="ct-stack" style={{ flex: '1 1 260px', gap: 4 }}>
        <strong>
          {substitute.name} · {t('substitutes.inPlaceOf', { name: account.name })}
        </strong>
        <span>
          {from} – {until} · {t(inForce ? 'substitutes.inForce' : 'substitutes.later')}
        </span>
        <span className="ct-soft">
          {reason} · {t('substitutes.enteredBy')}：{enteredBy.name}
        </span>
      </div>
      {canEnd && (
        <Button aria-label={`${t('substitutes.end')}：${substitute.name}`} onClick={() => void end()}>
          {t('substitutes.end')}
        </Button>
      )}
    </li>
  );
}
