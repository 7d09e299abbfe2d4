import RjsfForm from '@rjsf/core';
import type { ErrorSchema, ValidatorType } from '@rjsf/utils';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldProblem, FormData, FormFile, JsonSchema } from '../../lib/api-types.js';
import { answersOf } from '../../lib/answers.js';
import type { Effective } from '../../lib/form-engine.js';
import { matchedFields } from '../../lib/suggestions.js';
import { isEnglish } from '../../lib/time.js';
import { ErrorSummary } from './error-summary.js';
import {
  DescriptionFieldTemplate,
  FieldHelpTemplate,
  FieldTemplate,
  NoTemplate,
  ObjectFieldTemplate,
  TitleFieldTemplate,
} from './field-templates.js';
import type { GeneratedFormContext } from './form-context.js';
import { ArrayFieldItemTemplate, ArrayFieldTemplate } from './list-templates.js';
import { ReadRowsField } from './read-rows.js';
import { toRjsf } from './rjsf-schema.js';
import { FilesField, SchemaField, SealedField } from './special-fields.js';
import {
  BaseInputTemplate,
  CheckboxesWidget,
  CheckboxWidget,
  DateTimeWidget,
  DateWidget,
  RadioWidget,
  SelectWidget,
  TextareaWidget,
} from './widgets.js';

const templates = {
  FieldTemplate,
  ObjectFieldTemplate,
  ArrayFieldTemplate,
  ArrayFieldItemTemplate,
  BaseInputTemplate,
  DescriptionFieldTemplate,
  FieldHelpTemplate,
  TitleFieldTemplate,
  FieldErrorTemplate: NoTemplate,
  ErrorListTemplate: NoTemplate,
};
const widgets = {
  TextareaWidget,
  SelectWidget,
  RadioWidget,
  CheckboxesWidget,
  CheckboxWidget,
  DateTimeWidget,
  DateWidget,
};
const fields = { SchemaField, sealed: SealedField, files: FilesField, rows: ReadRowsField };

/** RJSF only draws here; checking is done on the effective schema, by our own rules and in the reader's language. */
const noValidator: ValidatorType = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  isValid: () => true,
  rawValidation: () => ({ errors: [] }),
};

type Props = {
  form: FormFile;
  effective: Effective;
  original: FormData;
  problems: FieldProblem[];
  /** Of questions beside the form that are sent with it; they stand in the summary only. */
  problemsBeside?: FieldProblem[];
  onChange: (data: FormData) => void;
  page?: number | null;
  isPublic?: boolean;
  readonly?: boolean;
};

/** A form drawn from a form file: fields of one page or of all, errors beside them and summed up at the top. */
export function GeneratedForm(props: Props) {
  const { t, i18n } = useTranslation();
  const { effective, original, problems, problemsBeside = [], onChange } = props;
  const { page = null, isPublic = false, readonly = false } = props;
  const rendered = useMemo(
    () => toRjsf(effective.schema, { ui: effective.ui, isEnglish: isEnglish(i18n.language), isFixed: readonly }),
    [effective, i18n.language, readonly],
  );
  const errors = useMemo(() => errorSchemaOf(problems), [problems]);
  const context: GeneratedFormContext = {
    pages: effective.ui.pages ?? [],
    page,
    original,
    shown: shownIn(effective, t),
    isPublic,
    moreLabel: t(isPublic ? 'form.morePublic' : 'form.more'),
    erroneous: problems.map(({ path }) => path.split('/')[1] ?? ''),
  };
  return (
    <div className="ct-form">
      <ErrorSummary problems={[...problems, ...problemsBeside]} />
      <RjsfForm
        schema={rendered.schema}
        uiSchema={rendered.uiSchema}
        formData={effective.data}
        formContext={context}
        validator={noValidator}
        templates={templates}
        widgets={widgets}
        fields={fields}
        extraErrors={errors}
        readonly={readonly}
        tagName="div"
        noValidate
        showErrorList={false}
        experimental_defaultFormStateBehavior={{ emptyObjectFields: 'skipDefaults', constAsDefaults: 'never' }}
        onChange={({ formData }) => onChange((formData ?? {}) as FormData)}
      >
        <></>
      </RjsfForm>
    </div>
  );
}

function shownIn({ schema, data }: Effective, translate: (key: string) => string): Record<string, string> {
  const fields = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const named = matchedFields(schema).map(
    (name) => [name, answersOf([name], fields, data, translate)[0]?.text] as const,
  );
  return Object.fromEntries(named.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])));
}

/** Puts each message where RJSF looks for it: `/demands/0/text` becomes demands → 0 → text. */
function errorSchemaOf(problems: FieldProblem[]): ErrorSchema {
  const root: Record<string, unknown> = {};
  for (const { path, message } of problems) {
    let node = root;
    for (const segment of path.split('/').slice(1)) node = (node[segment] ??= {}) as Record<string, unknown>;
    node.__errors = [...((node.__errors as string[] | undefined) ?? []), message];
  }
  return root as ErrorSchema;
}
