import { useTranslation } from 'react-i18next';
import type { LampColor } from '../lib/api-types.js';

const shapes: Record<LampColor, React.ReactNode> = {
  normal: <circle cx="6" cy="6" r="5" />,
  near: <path d="M6 1 L11 11 L1 11 Z" />,
  urgent: <path d="M6 0 L12 6 L6 12 L0 6 Z" />,
  overdue: <rect x="1" y="1" width="10" height="10" />,
};

/** How a deadline stands, as word, shape and color. */
export function Lamp({ color }: { color: LampColor }) {
  const { t } = useTranslation();
  return (
    <span className={`ct-lamp ct-lamp-${color}`}>
      <svg width="12" height="12" viewBox="0 0 12 12" fill="currentColor" aria-hidden="true">
        {shapes[color]}
      </svg>
      {t(`lamp.${color}`)}
    </span>
  );
}
