import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePublishedPage } from '../../lib/api/portal.js';
import { filledIn, suggestionsFrom, type Suggestion, type SuggestionSource } from '../../lib/suggestions.js';
import { isEnglish } from '../../lib/time.js';

type Props = {
  source: SuggestionSource;
  typed: string;
  /** What fields of the form show, in words. */
  shown: Record<string, string>;
  fill: (text: string) => void;
};

/** Published texts above the field: the chosen one is filled in and may be changed. Nothing where nothing is published. */
export function Suggestions({ source, typed, shown, fill }: Props) {
  const { t, i18n } = useTranslation();
  const page = usePublishedPage(source.page);
  const [former, setFormer] = useState('');
  if (!page.data) return null;
  const found = suggestionsFrom(page.data, source, shown);
  if (found.length === 0) return null;
  const title = (isEnglish(i18n.language) && page.data.titleEn) || page.data.title;
  const choose = (key: string | null) => {
    const text = found.find((one) => one.key === key)?.text;
    if (text === undefined) return;
    fill(filledIn(typed, former, text));
    setFormer(text);
  };
  return (
    <Select<string | null, Suggestion>
      className="ct-field-wide ct-suggestions"
      value={null}
      placeholder={t('form.suggest', { page: title })}
      aria-label={t('form.suggest', { page: title })}
      options={found}
      fieldNames={{ label: 'label', value: 'key' }}
      showSearch={{ filterOption: (words, option) => `${option?.label} ${option?.text}`.includes(words.trim()) }}
      defaultActiveFirstOption={false}
      optionRender={({ data }) => (
        <>
          <div>{data.label}</div>
          <div className="ct-soft ct-suggested-text">{data.text}</div>
        </>
      )}
      onChange={choose}
    />
  );
}
