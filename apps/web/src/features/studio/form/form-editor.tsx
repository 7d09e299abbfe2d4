import { DownOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useReference } from '../../../lib/api/session.js';
import type { EditorProps } from '../editor-props.js';
import { useProblemSentence } from '../problem-sentence.js';
import { CodeArea, type CodeAreaHandle } from '../text/code-area.js';
import { faultLines } from '../text/fault-lines.js';
import { JsonFaultNote } from '../text/json-fault-note.js';
import { readJson } from '../text/json-fault.js';
import { useTextDraft } from '../text/use-text-draft.js';
import { addField, FIELD_KINDS, type FieldKind } from './add-field.js';
import { FormPreview } from './form-preview.js';

/** The JSON of a form, and beside it the form as a person will see it. */
export function FormEditor({ path, content, onChange, problems, target }: EditorProps) {
  const { t } = useTranslation();
  const sentence = useProblemSentence();
  const area = useRef<CodeAreaHandle>(null);
  const { text, change } = useTextDraft(content, onChange);
  const read = useMemo(() => readJson(text), [text]);
  const shown = useDeferredValue(read);
  const fault = 'fault' in read ? read.fault : null;
  const place = target?.problem;
  useEffect(() => {
    const line = place?.line ?? (place?.place ? lineOfPlace(area.current, place.place) : undefined);
    if (line) area.current?.goToLine(line);
  }, [target, place]);
  return (
    <div className="ct-editor">
      <div className="ct-editor-tools">
        <AddFieldMenu text={text} change={change} added={(line) => area.current?.goToLine(line)} />
        <span className="ct-fill" />
        <span className="ct-soft">{t('studio.form.hint')}</span>
      </div>
      {fault && <JsonFaultNote fault={fault} goTo={() => area.current?.goToLine(fault.line)} />}
      <div className="ct-form-editor">
        <CodeArea
          ref={area}
          label={t('studio.textOf', { path })}
          value={text}
          onChange={change}
          faults={faultLines(problems, fault, sentence)}
        />
        <section className="ct-form-preview" aria-label={t('studio.form.preview')}>
          <h3>{t('studio.form.preview')}</h3>
          <FormPreview read={shown} />
        </section>
      </div>
    </div>
  );
}

/** Line of the last name in a path such as `/schema/properties/name`. */
function lineOfPlace(area: CodeAreaHandle | null, place: string): number | undefined {
  const name = place.split(/[/.]/).findLast((part) => part !== '' && !/^\d+$/.test(part));
  return name ? area?.lineOf(`"${name}"`) : undefined;
}

type MenuProps = { text: string; change: (text: string) => void; added: (line: number) => void };

function AddFieldMenu({ text, change, added }: MenuProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const reference = useReference();
  const add = (kind: FieldKind) => {
    const read = readJson(text);
    if ('fault' in read) return void message.error(t('studio.jsonFault', { line: read.fault.line }));
    const dictionary = Object.keys(reference.data?.dictionaries ?? {})[0] ?? 'dictionary';
    const { form, name } = addField(read.value as Record<string, unknown>, kind, {
      title: t('studio.form.newTitle', { kind: t(`studio.form.kind_${kind}`) }),
      dictionary,
    });
    const next = `${JSON.stringify(form, null, 2)}\n`;
    change(next);
    const line = next.slice(0, next.indexOf(`"${name}"`)).split('\n').length;
    setTimeout(() => added(line), 0);
  };
  const items = FIELD_KINDS.map((kind) => ({
    key: kind,
    label: t(`studio.form.kind_${kind}`),
    onClick: () => add(kind),
  }));
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button icon={<PlusOutlined aria-hidden />}>
        {t('studio.form.add')} <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  );
}
