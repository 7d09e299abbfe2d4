import { FileWordOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemTexts } from './states.js';

type FrameProps = { html: string; title: string; height?: string; saveWord?: (() => Promise<void>) | undefined };

/** A generated document in a frame of its own, without scripts, to read and to print. */
export function LetterFrame({ html, title, height, saveWord }: FrameProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLIFrameElement>(null);
  return (
    <div className="ct-stack">
      <div className="ct-no-print">
        <Button icon={<PrinterOutlined aria-hidden />} onClick={() => frame.current?.contentWindow?.print()}>
          {t('letter.print')}
        </Button>
        {saveWord && <WordButton save={saveWord} />}
      </div>
      <iframe
        ref={frame}
        className="ct-letter"
        style={height ? { minHeight: height } : undefined}
        sandbox="allow-same-origin allow-modals"
        srcDoc={html}
        title={title}
      />
    </div>
  );
}

/** 下载 Word: for documents that an office edits. */
function WordButton({ save }: { save: () => Promise<void> }) {
  const { t } = useTranslation();
  const problemText = useProblemTexts();
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState('');
  const download = async () => {
    setSaving(true);
    setProblem('');
    try {
      await save();
    } catch (error) {
      setProblem(problemText(error));
    } finally {
      setSaving(false);
    }
  };
  return (
    <>
      <Button
        icon={<FileWordOutlined aria-hidden />}
        loading={isSaving}
        style={{ marginInlineStart: 8 }}
        onClick={() => void download()}
      >
        {t('letter.word')}
      </Button>
      {problem && (
        <div className="ct-field-error" role="alert">
          {problem}
        </div>
      )}
    </>
  );
}

export type Letter = { html: string; title: string; saveWord?: (() => Promise<void>) | undefined };
type ModalProps = { letter: Letter | null; close: () => void };

export function LetterModal({ letter, close }: ModalProps) {
  return (
    <Modal open={letter !== null} onCancel={close} footer={null} width={920} title={letter?.title} destroyOnHidden>
      {letter && <LetterFrame {...letter} />}
    </Modal>
  );
}
