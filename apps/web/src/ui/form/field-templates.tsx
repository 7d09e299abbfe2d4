import {
  descriptionId,
  getUiOptions,
  type DescriptionFieldProps,
  type FieldHelpProps,
  type FieldTemplateProps,
  type ObjectFieldTemplateProps,
  type TitleFieldProps,
} from '@rjsf/utils';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FormPage } from '../../lib/api-types.js';
import { LinkedText } from '../linked-text.js';
import { isHandle } from '../sealed-value.js';
import type { SuggestionSource } from '../../lib/suggestions.js';
import { contextOf, valueAt } from './form-context.js';
import { warningsFor, type TextWarning } from '../../lib/text-warnings.js';
import { isEnglish } from '../../lib/time.js';
import { Suggestions } from './suggestions.js';

/** Label above, help below it, the control, and the error next to it. */
export function FieldTemplate(props: FieldTemplateProps) {
  const { t } = useTranslation();
  const { id, label, schema, uiSchema, rawErrors, children, hidden, displayLabel } = props;
  if (hidden) return <div hidden>{children}</div>;
  if (id === 'root') return <>{children}</>;
  const isBlock = (schema.type === 'object' || schema.type === 'array') && !isLeaf(props);
  const errors = rawErrors ?? [];
  const widget = getUiOptions(uiSchema).widget;
  const hasOwnLabel = widget === 'checkbox';
  return (
    <div id={`field-${id}`} className={`ct-field ${errors.length > 0 ? 'has-error' : ''}`} tabIndex={-1}>
      {!isBlock && !hasOwnLabel && (displayLabel || isLeaf(props)) && (
        <Label id={id} text={label} isOptional={isOptional(props)} isGroup={isGroup(props)} />
      )}
      {!isBlock && <Help props={props} />}
      <Suggested props={props} />
      {children}
      <Warned props={props} />
      <RestoreSealed props={props} />
      {errors.length > 0 && (
        <div className="ct-field-error" id={`${id}__error`}>
          <span className="ct-visually-hidden">{t('form.errorPrefix')}</span>
          {errors.join(';')}
        </div>
      )}
    </div>
  );
}

/** Texts to choose from, where the field has them and is typed: not where it cannot be changed or holds a masked value. */
function Suggested({ props }: { props: FieldTemplateProps }) {
  const { schema, uiSchema, formData, registry, onChange, fieldPathId } = props;
  const source = getUiOptions(uiSchema).suggests as SuggestionSource | undefined;
  if (!source || schema.type !== 'string' || isFixed(props)) return null;
  return (
    <Suggestions
      source={source}
      typed={typeof formData === 'string' ? formData : ''}
      shown={contextOf(registry).shown}
      fill={(text) => onChange(text, fieldPathId.path)}
    />
  );
}

/** What the form says of the text that stands in the field now; it stops nobody. */
function Warned({ props }: { props: FieldTemplateProps }) {
  const { i18n } = useTranslation();
  const warnings = getUiOptions(props.uiSchema).warns as readonly TextWarning[] | undefined;
  if (!warnings || isFixed(props)) return null;
  return (
    <div className="ct-field-help" role="status">
      {warningsFor(props.formData, warnings)
        .map(({ text, textEn }) => (isEnglish(i18n.language) && textEn) || text)
        .join(' ')}
    </div>
  );
}

/** May be left out; what nobody can fill in is not said to be optional. */
function isOptional(props: FieldTemplateProps): boolean {
  return !props.required && !isFixed(props);
}

function isFixed({ readonly, disabled, schema, uiSchema }: FieldTemplateProps): boolean {
  return Boolean(readonly || disabled || schema.readOnly || getUiOptions(uiSchema).readonly);
}

function isLeaf({ uiSchema, formData }: FieldTemplateProps): boolean {
  const { field, widget } = getUiOptions(uiSchema);
  return field === 'files' || field === 'rows' || widget === 'checkboxes' || isHandle(formData);
}

/** Controls made of several inputs are named by id, single ones by `for`. */
function isGroup({ uiSchema, formData }: FieldTemplateProps): boolean {
  const { widget, field } = getUiOptions(uiSchema);
  return widget === 'radio' || widget === 'checkboxes' || field === 'files' || field === 'rows' || isHandle(formData);
}

type LabelProps = { id: string; text: string; isOptional: boolean; isGroup: boolean };

function Label({ id, text, isOptional, isGroup }: LabelProps) {
  const { t } = useTranslation();
  const words = (
    <>
      {text} {isOptional && <span className="ct-required">{t('form.optional')}</span>}
    </>
  );
  if (isGroup)
    return (
      <div className="ct-label-group" id={`${id}__label`}>
        {words}
      </div>
    );
  return (
    <label className="ct-label" htmlFor={id} id={`${id}__label`}>
      {words}
    </label>
  );
}

function Help({ props }: { props: FieldTemplateProps }) {
  const text = [props.rawDescription, props.rawHelp].filter(Boolean).join(' ');
  if (text === '') return null;
  return (
    <div className="ct-field-help" id={`${props.id}__help`}>
      <LinkedText text={text} />
    </div>
  );
}

function RestoreSealed({ props }: { props: FieldTemplateProps }) {
  const { t } = useTranslation();
  const path = props.fieldPathId.path;
  const before = valueAt(contextOf(props.registry).original, path);
  if (!isHandle(before) || isHandle(props.formData)) return null;
  return (
    <Button type="link" style={{ paddingInline: 0 }} onClick={() => props.onChange(before, path)}>
      {t('form.keepSealed')}
    </Button>
  );
}

export function ObjectFieldTemplate(props: ObjectFieldTemplateProps) {
  if (props.fieldPathId.$id === 'root') return <Pages {...props} />;
  const { title, properties, fieldPathId } = props;
  const isRow = typeof fieldPathId.path.at(-1) === 'number';
  return (
    <fieldset className={isRow ? '' : 'ct-group-row'}>
      {title && !isRow && <legend className="ct-group-head">{title}</legend>}
      {properties.filter((property) => !property.hidden).map((property) => property.content)}
    </fieldset>
  );
}

/** The page of a step-by-step form, or every page as a section; what is optional lies folded below. */
function Pages(props: ObjectFieldTemplateProps) {
  const { pages, page } = contextOf(props.registry);
  const shown = page === null ? pages : pages.slice(page, page + 1);
  return (
    <>
      {shown.map((section, index) => (
        <section key={section.title ?? index}>
          {page === null && pages.length > 1 && section.title && <h3 className="ct-section-title">{section.title}</h3>}
          <Section section={section} template={props} />
        </section>
      ))}
    </>
  );
}

function Section({ section, template }: { section: FormPage; template: ObjectFieldTemplateProps }) {
  const { moreLabel, erroneous } = contextOf(template.registry);
  const contentOf = (name: string) =>
    template.properties.find((property) => property.name === name && !property.hidden)?.content;
  const more = (section.more ?? []).map(contentOf).filter((content) => content !== undefined);
  const mustOpen = (section.more ?? []).some((name) => erroneous.includes(name));
  return (
    <>
      {section.fields.map(contentOf)}
      {more.length > 0 && (
        <details className="ct-more" {...(mustOpen ? { open: true } : {})}>
          <summary>{moreLabel}</summary>
          {more}
        </details>
      )}
    </>
  );
}

export function DescriptionFieldTemplate({ id, description }: DescriptionFieldProps) {
  return description ? <div id={id}>{description}</div> : null;
}

export function FieldHelpTemplate({ help, fieldPathId }: FieldHelpProps) {
  return help ? <div id={descriptionId(fieldPathId)}>{help}</div> : null;
}

export function TitleFieldTemplate({ id, title }: TitleFieldProps) {
  return (
    <div className="ct-label-group" id={id}>
      {title}
    </div>
  );
}

export function NoTemplate() {
  return null;
}
