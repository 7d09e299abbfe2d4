import { useState } from 'react';
import type { EditorProps } from '../editor-props.js';
import { useFileTitle } from '../file-title.js';
import { TextOfFile } from '../text/text-file-editor.js';
import { useTextDraft } from '../text/use-text-draft.js';
import { useAllFiles } from '../use-all-files.js';
import './document-editor.css';
import { DocumentPreview } from './document-preview.js';

/** The text of a template, and its printed page. */
export function DocumentEditor({ content, onChange, path, problems, target }: EditorProps) {
  const { text, change } = useTextDraft(content, onChange);
  const fileTitle = useFileTitle();
  const file = useAllFiles().find((one) => one.path === path);
  const [asked, setAsked] = useState<EditorProps['target']>(null);
  const [seen, setSeen] = useState<EditorProps['target']>(null);
  if (target !== seen) {
    setSeen(target);
    setAsked(target);
  }
  const goToLine = (line: number) => setAsked({ problem: { severity: 'error', message: '', line } });
  return (
    <div className="ct-editor">
      <div className="ct-document-editor">
        <div className="ct-document-text">
          <TextOfFile path={path} text={text} change={change} problems={problems} target={asked} />
        </div>
        <DocumentPreview path={path} source={text} title={file ? fileTitle(file) : path} goToLine={goToLine} />
      </div>
    </div>
  );
}
