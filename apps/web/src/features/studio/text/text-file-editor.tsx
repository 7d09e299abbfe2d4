import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditorProps } from '../editor-props.js';
import { useProblemSentence } from '../problem-sentence.js';
import { CodeArea, type CodeAreaHandle } from './code-area.js';
import { faultLines } from './fault-lines.js';
import { readJson } from './json-fault.js';
import { JsonFaultNote } from './json-fault-note.js';
import { useTextDraft } from './use-text-draft.js';

/** Templates, settings and guides: their text, with the lines that are wrong marked. */
export function TextFileEditor({ path, content, onChange, problems, target }: EditorProps) {
  const { t } = useTranslation();
  const sentence = useProblemSentence();
  const area = useRef<CodeAreaHandle>(null);
  const { text, change } = useTextDraft(content, onChange);
  const read = path.endsWith('.json') ? readJson(text) : null;
  const fault = read && 'fault' in read ? read.fault : null;
  useEffect(() => {
    if (target?.problem.line) area.current?.goToLine(target.problem.line);
  }, [target]);
  return (
    <div className="ct-editor">
      {fault && <JsonFaultNote fault={fault} goTo={() => area.current?.goToLine(fault.line)} />}
      <CodeArea
        ref={area}
        label={t('studio.textOf', { path })}
        value={text}
        onChange={change}
        faults={faultLines(problems, fault, sentence)}
      />
    </div>
  );
}
