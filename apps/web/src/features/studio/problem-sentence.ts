import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isEnglish } from '../../lib/time.js';
import type { Problem } from './api.js';

/** A problem as a sentence in the reader's language. */
export function useProblemSentence(): (problem: Problem) => string {
  const { i18n } = useTranslation();
  const english = isEnglish(i18n.language);
  return useCallback(({ message, messageZh }: Problem) => (english ? message : (messageZh ?? message)), [english]);
}
