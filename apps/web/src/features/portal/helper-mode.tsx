import { useTranslation } from 'react-i18next';

/** Somebody else types. Nothing of it is sent or kept: it changes what this page asks before it sends. */
export function HelperChoice({ isHelped, change }: { isHelped: boolean; change: (isHelped: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <div style={{ marginBottom: 24 }}>
      <label className="ct-choice" style={{ width: 'fit-content' }}>
        <input type="checkbox" checked={isHelped} onChange={(event) => change(event.target.checked)} />
        {t('portal.helped')}
      </label>
      {isHelped && <p className="ct-soft">{t('portal.helpedHow')}</p>}
    </div>
  );
}

type ConfirmProps = { isConfirmed: boolean; isMissing: boolean; change: (isConfirmed: boolean) => void };

/** Whose matter it is says that it is right, before somebody else may send it. */
export function HelperConfirm({ isConfirmed, isMissing, change }: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <section className="ct-card" aria-labelledby="helper-title" style={{ marginBottom: 16 }}>
      <strong id="helper-title">{t('portal.ownTitle')}</strong>
      <p>{t('portal.filledForYou')}</p>
      <label className="ct-choice" style={{ width: 'fit-content' }}>
        <input
          type="checkbox"
          checked={isConfirmed}
          aria-invalid={isMissing}
          aria-describedby="helper-missing"
          onChange={(event) => change(event.target.checked)}
        />
        {t('portal.ownConfirm')}
      </label>
      {isMissing && (
        <div className="ct-field-error" id="helper-missing" role="alert">
          {t('portal.ownMissing')}
        </div>
      )}
    </section>
  );
}
