import { useTranslation } from 'react-i18next';
import { usePortal } from '../lib/api/portal.js';
import { linkedParts } from '../lib/linked-parts.js';

/** A text of the configuration; pages and entries of the portal that it names in “quotation marks” are links. */
export function LinkedText({ text }: { text: string }) {
  return text.includes('“') ? <WithLinks text={text} /> : text;
}

/** In a tab of their own: what is being filled in stays as it is. */
function WithLinks({ text }: { text: string }) {
  const { t } = useTranslation();
  const { pages = [], entries = [] } = usePortal().data ?? {};
  const doors = [
    ...pages.map(({ id, ...named }) => ({ ...named, to: `/pages/${id}` })),
    ...entries.map(({ id, ...named }) => ({ ...named, to: `/report/${id}` })),
  ];
  return linkedParts(text, doors).map((part, index) =>
    part.to === undefined ? (
      part.text
    ) : (
      <a key={index} href={part.to} target="_blank" rel="noopener">
        {part.text}
        <span className="ct-visually-hidden">{t('common.newTab')}</span>
      </a>
    ),
  );
}
