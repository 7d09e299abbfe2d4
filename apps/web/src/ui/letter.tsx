import { PrinterOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** A generated document in a frame of its own, without scripts, to read and to print. */
export function LetterFrame({ html, title, height }: { html: string; title: string; height?: string }) {
  const { t } = useTranslation();
  const frame = useRef<HTMLIFrameElement>(null);
  return (
    <div className="ct-stack">
      <div className="ct-no-print">
        <Button icon={<PrinterOutlined aria-hidden />} onClick={() => frame.current?.contentWindow?.print()}>
          {t('letter.print')}
        </Button>
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

type ModalProps = { letter: { html: string; title: string } | null; close: () => void };

export function LetterModal({ letter, close }: ModalProps) {
  return (
    <Modal open={letter !== null} onCancel={close} footer={null} width={920} title={letter?.title} destroyOnHidden>
      {letter && <LetterFrame html={letter.html} title={letter.title} />}
    </Modal>
  );
}
