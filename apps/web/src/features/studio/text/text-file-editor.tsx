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
export function TextFileEditor({ content, onChange, ...rest }: EditorProps) {
  const draft = useTextDraft(content, onChange);
  return (
    <div className="ct-editor">
      <TextOfFile {...draft} {...rest} />
    </div>
  );
}

type TextProps = Pick<EditorProps, 'path' | 'problems' | 'target'> & { text: string; change: (text: string) => void };

/** The text of a file as the whole of an editor or as one of its views. */
export function TextOfFile({ path, text, change, problems, target }: TextProps) {
  const { t } = useTranslation();
  const sentence = useProblemSentence();
  const area = useRef<CodeAreaHandle>(null);
  const read = path.endsWith('.json') ? readJson(text) : null;
  const fault = read && 'fault' in read ? read.fault : null;
  useEffect(() => {
    if (target?.problem.line) area.current?.goToLine(target.problem.line);
  }, [target]);
  return (
    <>
      {fault && <JsonFaultNote fault={fault} goTo={() => area.current?.goToLine(fault.line)} />}
      <CodeArea
        ref={area}
        label={t('studio.textOf', { path })}
        value={text}
        onChange={change}
        faults={faultLines(problems, fault, sentence)}
        isProse={path.endsWith('.md')}
      />
    </>
  );
}
