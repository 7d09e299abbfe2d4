import { Segmented } from 'antd';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api.js';
import type { EditorProps } from '../editor-props.js';
import { readJson } from '../text/json-fault.js';
import { useTextDraft } from '../text/use-text-draft.js';
import { FieldsView } from './fields-view.js';
import { fieldOfPlace, readSections, type Json } from './form-fields.js';
import './form-editor.css';
import { FormPreview } from './form-preview.js';
import { FormText, lineOfField, lineOfPlace } from './form-text.js';
import { useFieldEdits } from './use-field-edits.js';

type View = 'fields' | 'text';

/** The fields of a form, or its text, and beside it the form as a person will see it. */
export function FormEditor({ path, content, onChange, problems, target }: EditorProps) {
  const { t } = useTranslation();
  const { text, change } = useTextDraft(content, onChange);
  const read = useMemo(() => readJson(text), [text]);
  const sections = useMemo(() => ('value' in read ? readSections(read.value) : null), [read]);
  const shown = useDeferredValue(read);
  const edits = useFieldEdits(text, change);
  const [view, setView] = useState<View>(sections ? 'fields' : 'text');
  const [field, setField] = useState<{ name: string } | null>(null);
  const [line, setLine] = useState<{ line: number } | null>(null);
  const [seen, setSeen] = useState<EditorProps['target']>(null);
  const openText = (at: number | undefined) => {
    setLine(at === undefined ? null : { line: at });
    setView('text');
  };
  const goTo = (problem: Problem) => {
    const name = 'value' in read && problem.place ? fieldOfPlace(read.value, problem.place) : null;
    if (view === 'fields' && name !== null) return setField({ name });
    openText(problem.line ?? (problem.place ? lineOfPlace(text, problem.place) : undefined));
  };
  if (target !== seen) {
    setSeen(target);
    if (target) goTo(target.problem);
  }
  const views = (
    <Segmented<View>
      value={sections ? view : 'text'}
      onChange={setView}
      options={[
        { value: 'fields', label: t('studio.fields.view'), disabled: !sections },
        { value: 'text', label: t('studio.fields.textView') },
      ]}
    />
  );
  const typed = (next: string) => {
    edits.forget();
    change(next);
  };
  return (
    <div className="ct-editor">
      <div className="ct-form-editor">
        <div className="ct-form-side">
          {sections && view === 'fields' ? (
            <FieldsView
              form={(read as { value: Json }).value}
              sections={sections}
              edits={edits}
              problems={problems}
              asked={field}
              openText={(name) => openText(lineOfField(text, name))}
              views={views}
            />
          ) : (
            <FormText
              path={path}
              text={text}
              change={typed}
              fault={'fault' in read ? read.fault : null}
              problems={problems}
              asked={line}
              views={views}
            />
          )}
        </div>
        <section className="ct-form-preview" aria-label={t('studio.form.preview')}>
          <h3>{t('studio.form.preview')}</h3>
          <FormPreview read={shown} />
        </section>
      </div>
    </div>
  );
}
