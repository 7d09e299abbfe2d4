import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { JsonSchema } from '../../lib/api-types.js';
import { answersOf } from '../../lib/answers.js';
import type { FormState } from '../../ui/form/use-form-state.js';

/** All answers once more, page by page, each page one click away from being changed. */
export function ReviewPage({ state, change }: { state: FormState; change: (step: number) => void }) {
  const { t } = useTranslation();
  const { schema, data, ui } = state.effective;
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  return (
    <div className="ct-stack">
      {(ui.pages ?? []).map((page, index) => (
        <section key={page.title} className="ct-card">
          <div className="ct-row" style={{ marginBottom: 8 }}>
            <h2>{page.title}</h2>
            <div className="ct-row-end">
              <Button onClick={() => change(index)} aria-label={t('portal.changeOf', { title: page.title })}>
                {t('portal.change')}
              </Button>
            </div>
          </div>
          <dl className="ct-facts">
            {answersOf([...page.fields, ...(page.more ?? [])], properties, data, t).map(({ label, text }) => (
              <div key={label} style={{ display: 'contents' }}>
                <dt>{label}</dt>
                <dd style={{ whiteSpace: 'pre-line' }}>{text}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
