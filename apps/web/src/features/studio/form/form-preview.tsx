import { Component, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormFile } from '../../../lib/api-types.js';
import { useReference } from '../../../lib/api/session.js';
import { isEnglish } from '../../../lib/time.js';
import { GeneratedForm } from '../../../ui/form/generated-form.js';
import { useFormState } from '../../../ui/form/use-form-state.js';
import { EmptyState, ListSkeleton } from '../../../ui/states.js';
import type { JsonFault } from '../text/json-fault.js';

type Props = { read: { value: unknown } | { fault: JsonFault } };

/** The form as it will look; nothing that is typed here is kept or sent. */
export function FormPreview({ read }: Props) {
  const { t } = useTranslation();
  const reference = useReference();
  const form = 'value' in read && looksLikeForm(read.value) ? read.value : null;
  const key = useMemo(() => JSON.stringify(form), [form]);
  if (reference.isPending) return <ListSkeleton rows={4} />;
  if (!form) return <EmptyState title={t('studio.form.noPreview')} hint={t('studio.form.noPreviewHint')} />;
  return (
    <PreviewBoundary
      key={key}
      fallback={<EmptyState title={t('studio.form.brokenPreview')} hint={t('studio.form.noPreviewHint')} />}
    >
      <Preview form={form} reference={reference.data ?? null} />
    </PreviewBoundary>
  );
}

function Preview({ form, reference }: { form: FormFile; reference: ReturnType<typeof useReference>['data'] | null }) {
  const { i18n } = useTranslation();
  const [data] = useState({});
  const rules = useMemo(() => ({ variables: {}, reference: reference ?? null }), [reference]);
  const state = useFormState({ form, data, rules });
  const title = isEnglish(i18n.language) ? (form.titleEn ?? form.title) : form.title;
  return (
    <>
      <h4 className="ct-preview-title">{title}</h4>
      <GeneratedForm
        form={form}
        effective={state.effective}
        original={state.original}
        problems={state.problems}
        onChange={state.change}
      />
    </>
  );
}

function looksLikeForm(value: unknown): value is FormFile {
  const schema = (value as { schema?: { properties?: unknown } } | null)?.schema;
  return typeof schema === 'object' && schema !== null && typeof schema.properties === 'object';
}

/** Keeps the editor alive when a half-written form cannot be drawn. */
class PreviewBoundary extends Component<{ children: ReactNode; fallback: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    return this.state.isBroken ? this.props.fallback : this.props.children;
  }
}
