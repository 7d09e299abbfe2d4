import { useTranslation } from 'react-i18next';
import type { StudioFile } from './api.js';

const scenarios = /^workflows\/([^/]+)\/(.+)\.scenarios\.json$/;
const settings = /^workflows\/(?:calendar\/(\d{4})|(?:\w+\/)?([a-z-]+))\.json$/;

/** What people call a file: its own title, or what a file of this name is for. */
export function useFileTitle(): (file: StudioFile) => string {
  const { t } = useTranslation();
  return ({ path, title, kind }) => {
    const [, year, name] = settings.exec(path) ?? [];
    if (year !== undefined) return t('studio.settings.calendar', { year });
    if (name !== undefined) return t(`studio.settings.${name}`, { defaultValue: title });
    const [, folder, own] = scenarios.exec(path) ?? [];
    if (own !== undefined && own !== folder) return `${t('studio.kind.scenarios')} · ${own}`;
    return kind === 'scenarios' || kind === 'readme' ? t(`studio.kind.${kind}`) : title || path;
  };
}
