import { FontSizeOutlined, PauseOutlined, SoundOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { spokenParts } from '../lib/spoken-parts.js';
import { isEnglish } from '../lib/time.js';

/** Codes and PINs must not be heard in a room. */
const SILENT = '.ct-code';

/** Larger text, the page read aloud where the device has a voice, and what else helps to read. Nothing of it is kept on the device. */
export function ReadingAids({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [isLarge, setLarge] = useState(false);
  const { isReading, toggle } = useReadAloud();
  useEffect(() => {
    document.documentElement.dataset.text = isLarge ? 'large' : 'normal';
    return () => {
      delete document.documentElement.dataset.text;
    };
  }, [isLarge]);
  return (
    <div className="ct-reading-aids">
      <Button
        type="text"
        icon={<FontSizeOutlined aria-hidden />}
        aria-pressed={isLarge}
        onClick={() => setLarge(!isLarge)}
      >
        {t(isLarge ? 'portal.normalText' : 'portal.largeText')}
      </Button>
      {toggle && (
        <Button
          type="text"
          icon={isReading ? <PauseOutlined aria-hidden /> : <SoundOutlined aria-hidden />}
          aria-pressed={isReading}
          onClick={toggle}
        >
          {t(isReading ? 'portal.stopReading' : 'portal.readAloud')}
        </Button>
      )}
      {children}
    </div>
  );
}

/** Reads the page's main part; another page, or another press, ends it. Without a voice there is nothing to toggle. */
function useReadAloud() {
  const { i18n } = useTranslation();
  const { pathname } = useLocation();
  const [isReading, setReading] = useState(false);
  const voice = 'speechSynthesis' in window ? window.speechSynthesis : undefined;
  useEffect(
    () => () => {
      voice?.cancel();
      setReading(false);
    },
    [pathname, voice],
  );
  const read = () => {
    const parts = spokenParts(audibleText(document.getElementById('main')));
    parts.forEach((part, index) => {
      const said = new SpeechSynthesisUtterance(part);
      said.lang = isEnglish(i18n.language) ? 'en-US' : 'zh-CN';
      if (index === parts.length - 1) said.onend = () => setReading(false);
      said.onerror = () => setReading(false);
      voice?.speak(said);
    });
    setReading(parts.length > 0);
  };
  const stop = () => {
    voice?.cancel();
    setReading(false);
  };
  return { isReading, toggle: voice && (isReading ? stop : read) };
}

/** What is seen and may be heard. */
function audibleText(main: HTMLElement | null): string {
  if (!main) return '';
  const silent = [...main.querySelectorAll<HTMLElement>(SILENT)];
  for (const one of silent) one.style.visibility = 'hidden';
  const text = main.innerText;
  for (const one of silent) one.style.visibility = '';
  return text;
}
