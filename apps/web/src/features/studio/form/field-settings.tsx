import { Alert, Button, Checkbox, InputNumber, Select } from 'antd';
import type { JSONPath } from 'jsonc-parser';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReference } from '../../../lib/api/session.js';
import { useStudioReference, type Problem } from '../api.js';
import { useProblemSentence } from '../problem-sentence.js';
import { Setting, TextSetting } from '../process/setting-fields.js';
import { choicesOf, isFeelOrNothing, limitsOf, otherKeywords } from './field-limits.js';
import { setFolded, setKeyword, setRequired, setUiEntry } from './form-edits.js';
import type { FieldLine } from './form-fields.js';
import type { FieldEdits } from './use-field-edits.js';

export type SettingsProps = {
  line: FieldLine;
  help: string;
  /** Whether the field is folded away; null where it cannot be. */
  isFolded: boolean | null;
  problems: Problem[];
  edit: FieldEdits['edit'];
  openText: () => void;
};

/** The questions an administrator has about one field; what it does not ask stays in the text. */
export function FieldSettings(props: SettingsProps) {
  const { t } = useTranslation();
  const { line, help, isFolded, edit } = props;
  const { name, schema } = line;
  const set = (keyword: JSONPath) => (value: unknown) => edit((text) => setKeyword(text, name, keyword, value));
  return (
    <div className="ct-field-settings" role="group" aria-label={t('studio.fields.settingsOf', { title: line.title })}>
      <Faults problems={props.problems} />
      {line.kind === 'missing' ? (
        <p>{t('studio.fields.missingHint')}</p>
      ) : (
        <>
          <TextSetting label={t('studio.fields.title')} value={textOf(schema.title)} save={set(['title'])} />
          <TextSetting
            label={t('studio.fields.help')}
            value={help}
            save={(value) => edit((text) => setUiEntry(text, 'help', name, value || undefined))}
          />
          <div className="ct-choices">
            <Checkbox
              checked={line.isRequired}
              onChange={({ target }) => edit((text) => setRequired(text, name, target.checked))}
            >
              {t('studio.fields.required')}
            </Checkbox>
            {isFolded !== null && (
              <Checkbox
                checked={isFolded}
                onChange={({ target }) => edit((text) => setFolded(text, name, target.checked))}
              >
                {t('studio.fields.folded')}
              </Checkbox>
            )}
          </div>
          <Limits line={line} set={set} />
          <Choices line={line} set={set} />
          <ClassSetting line={line} set={set} />
          <Rules line={line} set={set} />
          <Others {...props} />
        </>
      )}
    </div>
  );
}

type PartProps = { line: FieldLine; set: (keyword: JSONPath) => (value: unknown) => void };

/** What is wrong with the field, in the words of its questions instead of the keywords of the file. */
function Faults({ problems }: { problems: Problem[] }) {
  const { t } = useTranslation();
  const sentence = useProblemSentence();
  const named = (text: string) =>
    text.replaceAll(/[“"]([a-z-]+)[”"]/gi, (quoted, keyword: string) =>
      t(`studio.fields.keyword.${keyword}`, { defaultValue: quoted }),
    );
  return problems.map((problem, index) => (
    <Alert
      key={index}
      type={problem.severity === 'error' ? 'error' : 'warning'}
      showIcon
      title={named(sentence(problem))}
    />
  ));
}

function Limits({ line, set }: PartProps) {
  const { t } = useTranslation();
  const limits = limitsOf[line.kind];
  if (!limits) return null;
  return (
    <div className="ct-setting-row">
      {limits.map((keyword) => (
        <Setting key={keyword} label={t(`studio.fields.keyword.${keyword}`)}>
          {(id) => (
            <InputNumber
              id={id}
              style={{ width: '100%' }}
              {...(keyword.endsWith('imum') ? {} : { min: 0, precision: 0 })}
              value={numberOf(line.schema[keyword])}
              placeholder={t('studio.fields.noLimit')}
              onChange={(value) => set([keyword])(value ?? undefined)}
            />
          )}
        </Setting>
      ))}
    </div>
  );
}

function Choices({ line, set }: PartProps) {
  const { t } = useTranslation();
  const choices = choicesOf(line);
  const dictionaries = useReference().data?.dictionaries ?? {};
  if (!choices) return null;
  const { at, holder } = choices;
  if (holder['x-source'] !== undefined)
    return (
      <Setting label={t('studio.fields.source')}>
        {(id) => (
          <Select
            id={id}
            value={textOf(holder['x-source'])}
            onChange={set([...at, 'x-source'])}
            options={['units', 'accounts', 'roles'].map((value) => ({
              value,
              label: t(`studio.fields.source_${value}`),
            }))}
          />
        )}
      </Setting>
    );
  if (holder['x-dictionary'] === undefined) return <p className="ct-soft">{t('studio.fields.fixedChoices')}</p>;
  const options = Object.entries(dictionaries).map(([value, entries]) => ({
    value,
    label: `${entries
      .slice(0, 4)
      .map(({ label }) => label)
      .join('、')}${entries.length > 4 ? '…' : ''}（${value}）`,
  }));
  return (
    <Setting label={t('studio.fields.dictionary')} hint={t('studio.fields.dictionaryHint')}>
      {(id) => (
        <Select
          id={id}
          showSearch={{ optionFilterProp: 'label' }}
          value={textOf(holder['x-dictionary'])}
          onChange={set([...at, 'x-dictionary'])}
          options={options}
        />
      )}
    </Setting>
  );
}

/** Holds what a field has that names no class itself. */
const INHERITED = '';

function ClassSetting({ line, set }: PartProps) {
  const { t } = useTranslation();
  const classes = useStudioReference().data?.classes ?? [];
  const own = line.schema['x-class'];
  const isOwn = typeof own === 'string';
  const options = classes.map(({ id, name, sealed }) => ({
    value: id,
    label: t(sealed ? 'studio.fields.classSealed' : 'studio.fields.classOpen', { name }),
  }));
  const inherited = classes.find(({ id }) => id === line.className)?.name;
  const unset = {
    value: INHERITED,
    label: !isOwn && inherited ? t('studio.fields.classInherited', { name: inherited }) : t('studio.fields.classNone'),
  };
  return (
    <Setting label={t('studio.fields.class')} hint={t('studio.fields.classHint')}>
      {(id) => (
        <Select
          id={id}
          value={isOwn ? own : INHERITED}
          onChange={(value: string) => set(['x-class'])(value === INHERITED ? undefined : value)}
          options={[...options, unset]}
        />
      )}
    </Setting>
  );
}

const RULES = ['x-default', 'x-visible', 'x-required'];

function Rules({ line: { kind, schema }, set }: PartProps) {
  const { t } = useTranslation();
  const [isOpen] = useState(() => RULES.some((keyword) => schema[keyword] !== undefined));
  const condition = (keyword: string) => (value: string) => set([keyword])(feelOrNothing(value));
  return (
    <>
      {kind === 'yesNo' && (
        <Setting label={t('studio.fields.default')}>
          {(id) => (
            <Select
              id={id}
              value={typeof schema.default === 'boolean' ? String(schema.default) : ''}
              onChange={(value) => set(['default'])(value === '' ? undefined : value === 'true')}
              options={[
                { value: '', label: t('studio.fields.default_none') },
                { value: 'true', label: t('studio.fields.default_true') },
                { value: 'false', label: t('studio.fields.default_false') },
              ]}
            />
          )}
        </Setting>
      )}
      <details className="ct-more" open={isOpen || undefined}>
        <summary>{t('studio.fields.rules')}</summary>
        <div className="ct-field-rules">
          {isFeelOrNothing(schema['x-default']) && (
            <TextSetting
              label={t('studio.fields.prefill')}
              hint={t('studio.fields.prefillHint')}
              value={textOf(schema['x-default'])}
              save={(value) => set(['x-default'])(value || undefined)}
            />
          )}
          {isFeelOrNothing(schema['x-visible']) && (
            <TextSetting
              label={t('studio.fields.visible')}
              hint={t('studio.fields.visibleHint')}
              value={textOf(schema['x-visible'])}
              save={condition('x-visible')}
            />
          )}
          {isFeelOrNothing(schema['x-required']) && (
            <TextSetting
              label={t('studio.fields.requiredWhen')}
              value={textOf(schema['x-required'])}
              save={condition('x-required')}
            />
          )}
        </div>
      </details>
    </>
  );
}

function Others({ line, openText }: SettingsProps) {
  const { t } = useTranslation();
  const others = otherKeywords(line).map((keyword) => t(`studio.fields.keyword.${keyword}`, { defaultValue: keyword }));
  return (
    <p className="ct-soft ct-field-others">
      {t('studio.fields.name', { name: line.name })}
      {others.length > 0 && ` ${t('studio.fields.others', { list: others.join('、') })}`}{' '}
      <Button type="link" size="small" onClick={openText}>
        {t('studio.fields.openText')}
      </Button>
    </p>
  );
}

/** FEEL begins with `=`; whoever leaves it out means it all the same. */
function feelOrNothing(value: string): string | undefined {
  const typed = value.trim();
  return typed === '' || typed.startsWith('=') ? typed || undefined : `=${typed}`;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
