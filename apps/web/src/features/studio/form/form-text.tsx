import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api.js';
import { useProblemSentence } from '../problem-sentence.js';
import { CodeArea, type CodeAreaHandle } from '../text/code-area.js';
import { faultLines } from '../text/fault-lines.js';
import type { JsonFault } from '../text/json-fault.js';
import { JsonFaultNote } from '../text/json-fault-note.js';
import { AddFieldMenu } from './add-field-menu.js';
import { findField, type Json } from './form-fields.js';
import { lineAt } from '../text/json-text.js';

type Props = {
  path: string;
  text: string;
  change: (text: string) => void;
  fault: JsonFault | null;
  problems: Problem[];
  /** The line to look at; a new object for each time it is asked for. */
  asked: { line: number } | null;
  views: ReactNode;
};

/** The form as its JSON text, for what the list of fields does not ask. */
export function FormText({ path, text, change, fault, problems, asked, views }: Props) {
  const { t } = useTranslation();
  const sentence = useProblemSentence();
  const area = useRef<CodeAreaHandle>(null);
  useEffect(() => {
    if (asked) area.current?.goToLine(asked.line);
  }, [asked]);
  const edit = (make: (text: string) => string) => change(make(text));
  const added = (name: string) => setTimeout(() => area.current?.goToLine(area.current.lineOf(`"${name}"`) ?? 1), 0);
  return (
    <>
      <div className="ct-editor-tools">
        <AddFieldMenu edit={edit} after={null} added={added} isOff={fault !== null} />
        <span className="ct-fill" />
        <span className="ct-soft">{t('studio.form.hint')}</span>
        {views}
      </div>
      <div>{fault && <JsonFaultNote fault={fault} goTo={() => area.current?.goToLine(fault.line)} />}</div>
      <CodeArea
        ref={area}
        label={t('studio.textOf', { path })}
        value={text}
        onChange={change}
        faults={faultLines(problems, fault, sentence)}
      />
    </>
  );
}

/** Line on which a field stands. */
export function lineOfField(text: string, name: string): number | undefined {
  const found = findField(JSON.parse(text) as Json, name);
  return found ? lineAt(text, found.path) : undefined;
}

/** Line of a fault's place, such as `/schema/properties/name`, or of what holds it. */
export function lineOfPlace(text: string, place: string): number | undefined {
  const path = place
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
  const known = path.map((_, index) => path.slice(0, path.length - index)).map((part) => lineAt(text, part));
  return known.find((line) => line !== undefined);
}
