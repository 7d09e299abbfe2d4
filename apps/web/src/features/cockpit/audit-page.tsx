import { Alert, App, Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Named } from '../../lib/api-types.js';
import { useReference } from '../../lib/api/session.js';
import { isFailed } from '../../lib/is-failed.js';
import { plainValue } from '../../lib/plain-value.js';
import { momentText } from '../../lib/time.js';
import { FoldingTable } from '../../ui/folding-table.js';
import { PageFrame } from '../../ui/page-frame.js';
import { EmptyState, ErrorState, useProblemTexts } from '../../ui/states.js';
import {
  useAuditEntries,
  useLastSeal,
  useSealNow,
  useVerification,
  type AuditCheck,
  type AuditEntry,
  type AuditSubject,
} from './audit-api.js';
import { PublicationChanges } from './publication-changes.js';

const subjects: readonly AuditSubject[] = [
  'access_log',
  'config_sets',
  'approvals',
  'accounts',
  'account_roles',
  'account_posts',
  'case_destructions',
  'case_keys',
  'legal_holds',
  'process_instances',
  'audit_seals',
];

/** The one chain over all that people with rights did; whether it is whole; and when it was sealed. */
export function AuditPage() {
  const { t } = useTranslation();
  const [subject, setSubject] = useState<AuditSubject | ''>('');
  const log = useAuditEntries(subject);
  const verification = useVerification();
  const problemText = useProblemTexts();
  if (isFailed(log)) return <ErrorState error={log.error} retry={() => void log.refetch()} />;
  const chosen: { value: AuditSubject | ''; label: string }[] = [
    { value: '', label: t('audit.everything') },
    ...subjects.map((value) => ({ value, label: t(`audit.subject.${value}`) })),
  ];
  return (
    <PageFrame
      title={t('cockpit.audit')}
      subtitle={t('audit.hint')}
      extra={
        <Button type="primary" loading={verification.isPending} onClick={() => verification.mutate()}>
          {t('audit.verify')}
        </Button>
      }
    >
      <div className="ct-stack">
        {verification.isPending && <Alert type="info" showIcon title={t('audit.verifying')} />}
        {verification.isError && <Alert type="error" showIcon title={problemText(verification.error)} />}
        {verification.data && <Outcome check={verification.data} />}
        <div className="ct-row">
          <Select
            aria-label={t('audit.subjectColumn')}
            style={{ minWidth: 180 }}
            value={subject}
            options={chosen}
            onChange={setSubject}
          />
          <div className="ct-row-end">
            <LastSeal />
          </div>
        </div>
        <Entries rows={log.data?.pages.flatMap(({ items }) => items) ?? []} isPending={log.isPending} />
        {log.hasNextPage && (
          <Button loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t('common.more')}
          </Button>
        )}
      </div>
    </PageFrame>
  );
}

function Outcome({ check }: { check: AuditCheck }) {
  const { t } = useTranslation();
  const { faults, keys } = check;
  const notes = keys.length > 0 ? [t('audit.keys', { keys: keys.join('、') })] : [];
  if (faults.length === 0)
    return (
      <Alert
        type="success"
        showIcon
        title={t('audit.sound')}
        description={[t('audit.soundHint', check), ...notes].map((text) => (
          <div key={text}>{text}</div>
        ))}
      />
    );
  return (
    <Alert
      type="error"
      showIcon
      title={t('audit.broken', { count: faults.length })}
      description={
        <>
          <p>{t('audit.brokenHint')}</p>
          <ul>
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </>
      }
    />
  );
}

function LastSeal() {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const problemText = useProblemTexts();
  const last = useLastSeal().data;
  const sealing = useSealNow();
  const seal = () =>
    sealing.mutate(undefined, {
      onSuccess: () => void message.success(t('audit.sealed')),
      onError: (error) => void message.error(problemText(error)),
    });
  const when = last
    ? t('audit.sealedAt', { at: momentText(last.sealedAt, i18n.language), position: last.position })
    : t('audit.notSealed');
  return (
    <>
      <span className="ct-soft">
        {t('audit.lastSeal')}：{when}
      </span>
      <Button loading={sealing.isPending} onClick={seal}>
        {t('audit.sealNow')}
      </Button>
    </>
  );
}

function Entries({ rows, isPending }: { rows: AuditEntry[]; isPending: boolean }) {
  const { t, i18n } = useTranslation();
  return (
    <FoldingTable<AuditEntry>
      rowKey="position"
      dataSource={rows}
      loading={isPending}
      size="middle"
      minWidth={800}
      pagination={false}
      locale={{ emptyText: <EmptyState title={t('audit.empty')} /> }}
      columns={[
        { title: t('audit.position'), dataIndex: 'position', width: 80 },
        { title: t('cockpit.column.at'), width: 170, render: (_, { at }) => momentText(at, i18n.language) },
        {
          title: t('audit.subjectColumn'),
          width: 160,
          render: (_, { subject, change }) => (
            <>
              {t(`audit.subject.${subject ?? ''}`)} <span className="ct-soft">{t(`audit.change.${change ?? ''}`)}</span>
            </>
          ),
        },
        { title: t('audit.by'), width: 140, render: (_, { actor }) => actor?.name ?? '—' },
        {
          title: t('audit.content'),
          render: (_, entry) => (
            <>
              <Facts entry={entry} />
              <Changes entry={entry} />
            </>
          ),
        },
      ]}
    />
  );
}

/** Of a publication, what it changed. */
function Changes({ entry: { subject, change, facts } }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  if (subject !== 'config_sets' || change !== 'insert' || !facts?.['id']) return null;
  const message = facts['message'] ?? '';
  const shown = t(`audit.value.message.${message}`, { defaultValue: message });
  return <PublicationChanges setId={Number(facts['id'])} message={shown} />;
}

/** Facts that the log has in a form of its own: sentences as JSON, times as epoch ms. */
const readable: Readonly<Record<string, (value: string, language: string) => string>> = {
  why: (value) => (JSON.parse(value) as string[]).join(''),
  password_changed_at: (value, language) => momentText(new Date(Number(value)).toISOString(), language),
};

/** Keys, times and hashes are for the check; people read the rest; accounts, roles, posts and units by their names of today. */
function Facts({ entry: { facts, names } }: { entry: AuditEntry }) {
  const { t, i18n } = useTranslation();
  const reference = useReference().data;
  const listed: Record<string, readonly Named[] | undefined> = {
    role: reference?.roles,
    post: reference?.posts,
    unit: reference?.units,
  };
  if (!facts) return <span className="ct-soft">{t('audit.hiddenContent')}</span>;
  const shown = Object.entries(facts).filter(([name, value]) => value !== null && i18n.exists(`audit.facts.${name}`));
  return (
    <span className="ct-row" style={{ columnGap: 16, rowGap: 2 }}>
      {shown.map(([name, value]) => (
        <span key={name}>
          <span className="ct-soft">{t(`audit.facts.${name}`)}</span>{' '}
          {readable[name]?.(value ?? '', i18n.language) ??
            names[name] ??
            listed[name]?.find(({ id }) => id === value)?.name ??
            t(`audit.value.${name}.${value}`, { defaultValue: plainValue(value, t) })}
        </span>
      ))}
    </span>
  );
}
