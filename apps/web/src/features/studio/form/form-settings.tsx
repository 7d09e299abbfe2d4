import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextSetting } from '../process/setting-fields.js';
import { asObject, pagesOf, type Json, type Section } from './form-fields.js';
import { insertItem, removeAt, setAt } from '../text/json-text.js';
import type { FieldEdits } from './use-field-edits.js';

type Props = { form: Json; edit: FieldEdits['edit'] };

/** What the form is called and what its button says, folded until it is asked for. */
export function FormSettings({ form, edit }: Props) {
  const { t } = useTranslation();
  const ui = asObject(form.ui);
  const set = (path: string[]) => (value: string) => edit((text) => setAt(text, path, value || undefined));
  return (
    <details className="ct-form-settings">
      <summary>{t('studio.fields.formSettings')}</summary>
      <div className="ct-field-settings">
        <TextSetting
          label={t('studio.fields.formTitle')}
          value={textOf(form.title)}
          save={(value) => value && set(['title'])(value)}
        />
        <TextSetting label={t('studio.fields.formTitleEn')} value={textOf(form.titleEn)} save={set(['titleEn'])} />
        <TextSetting label={t('studio.fields.submit')} value={textOf(ui.submit)} save={set(['ui', 'submit'])} />
        {pagesOf(form) && (
          <Button
            icon={<PlusOutlined aria-hidden />}
            onClick={() => edit((text) => withPage(text, t('studio.fields.newPage')))}
          >
            {t('studio.fields.addPage')}
          </Button>
        )}
      </div>
    </details>
  );
}

function withPage(text: string, title: string): string {
  const pages = pagesOf(JSON.parse(text) as Json) ?? [];
  return insertItem(text, ['ui', 'pages'], pages.length, { title, fields: [] });
}

/** The title of a page, which can be changed; an empty page can be taken away. */
export function SectionHead({ section, form, edit }: Props & { section: Section }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { part, page, lines } = section;
  if (section.id === 'all') return null;
  if (part === 'unplaced') return <h4>{t('studio.fields.unplaced')}</h4>;
  if (part === 'more') return <h4 className="ct-fields-more">{t('form.more')}</h4>;
  const here = pagesOf(form)?.[page] ?? {};
  const isEmpty = lines.length === 0 && !(Array.isArray(here.more) && here.more.length > 0);
  const set = (keyword: string) => (value: string) =>
    edit((text) => setAt(text, ['ui', 'pages', page, keyword], value || undefined));
  const title = section.title || t('studio.fields.pageNumber', { number: page + 1 });
  return (
    <>
      <div className="ct-fields-head">
        <h4>{title}</h4>
        <span className="ct-field-tools">
          <Tooltip title={t('studio.fields.editPage', { title })}>
            <Button
              type="text"
              size="small"
              aria-label={t('studio.fields.editPage', { title })}
              aria-expanded={isOpen}
              icon={<EditOutlined aria-hidden />}
              onClick={() => setOpen(!isOpen)}
            />
          </Tooltip>
          {isEmpty && page > 0 && (
            <Tooltip title={t('studio.fields.removePage', { title })}>
              <Button
                type="text"
                size="small"
                aria-label={t('studio.fields.removePage', { title })}
                icon={<DeleteOutlined aria-hidden />}
                onClick={() => edit((text) => removeAt(text, ['ui', 'pages', page]))}
              />
            </Tooltip>
          )}
        </span>
      </div>
      {isOpen && (
        <div className="ct-field-settings">
          <TextSetting label={t('studio.fields.pageTitle')} value={textOf(here.title)} save={set('title')} />
          <TextSetting
            label={t('studio.fields.pageDescription')}
            value={textOf(here.description)}
            save={set('description')}
          />
        </div>
      )}
      {isEmpty && <p className="ct-soft">{t('studio.fields.emptyPage')}</p>}
    </>
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
