import { getDefaultRegistry } from '@rjsf/core';
import type { FieldProps } from '@rjsf/utils';
import { DeleteOutlined, PaperClipOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../lib/api-types.js';
import { call } from '../../lib/api/client.js';
import { isHandle, SealedValue } from '../sealed-value.js';
import { useProblemTexts } from '../states.js';
import { contextOf } from './form-context.js';

const PlainSchemaField = getDefaultRegistry().fields.SchemaField!;

/** Draws a masked value wherever a handle stands, whatever the schema says of the value behind it. */
export function SchemaField(props: FieldProps) {
  if (!isHandle(props.formData)) return <PlainSchemaField {...props} />;
  const title = props.schema.title ?? props.name;
  return (
    <PlainSchemaField
      {...props}
      schema={{ type: 'object', title }}
      uiSchema={{ 'ui:field': 'sealed', 'ui:readonly': props.uiSchema?.['ui:readonly'] }}
    />
  );
}

/** A stored protected value: stays as it is until somebody chooses to replace it. */
export function SealedField({ formData, schema, fieldPathId, onChange, readonly, disabled }: FieldProps) {
  const { t } = useTranslation();
  if (!isHandle(formData)) return null;
  const label = schema.title ?? '';
  return (
    <div className="ct-row" role="group" aria-labelledby={`${fieldPathId.$id}__label`} style={{ gap: 8 }}>
      <SealedValue handle={formData} label={label} />
      {!readonly && !disabled && (
        <Button
          size="small"
          aria-label={t('form.replaceOf', { label })}
          onClick={() => onChange(undefined, fieldPathId.path)}
        >
          {t('form.replace')}
        </Button>
      )}
    </div>
  );
}

type FileOptions = { rule: { maxBytes: number; types: string[] }; isList: boolean; maxItems: number };

/** Files are sent at once and the form keeps only their references. */
export function FilesField(props: FieldProps) {
  const { t } = useTranslation();
  const problemText = useProblemTexts();
  const input = useRef<HTMLInputElement>(null);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState('');
  const { rule, isList, maxItems } = (props.uiSchema ?? {})['ui:options'] as unknown as FileOptions;
  const files = listOf(props.formData);
  const limit = isList ? maxItems : 1;
  const path = props.fieldPathId.path;
  const isFixed = Boolean(props.readonly || props.disabled);
  const store = (next: unknown[]) => props.onChange(isList ? next : next[0], path);
  const send = async (chosen: File[]) => {
    const tooBig = chosen.find((file) => file.size > rule.maxBytes);
    if (tooBig) return setProblem(t('form.fileTooBig', { name: tooBig.name, limit: megabytes(rule.maxBytes) }));
    setProblem('');
    setSending(true);
    try {
      const sent = await Promise.all(chosen.map((file) => upload(contextOf(props.registry), file)));
      store([...files, ...sent].slice(0, limit));
    } catch (error) {
      setProblem(problemText(error));
    } finally {
      setSending(false);
    }
  };
  return (
    <div role="group" aria-labelledby={`${props.fieldPathId.$id}__label`}>
      <FileList
        files={files}
        isFixed={isFixed}
        remove={(index) => store(files.filter((_, other) => other !== index))}
      />
      {!isFixed && files.length < limit && (
        <>
          <input
            ref={input}
            type="file"
            hidden
            multiple={isList}
            accept={rule.types.join(',')}
            onChange={(event) => {
              void send([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
          <Button icon={<UploadOutlined aria-hidden />} loading={isSending} onClick={() => input.current?.click()}>
            {t('form.upload')}
          </Button>
          <span className="ct-soft" style={{ marginLeft: 8 }}>
            {t('form.uploadLimit', { limit: megabytes(rule.maxBytes) })}
          </span>
          {contextOf(props.registry).isPublic && <div className="ct-soft">{t('form.uploadPlain')}</div>}
        </>
      )}
      {problem && (
        <div className="ct-field-error" role="alert">
          {problem}
        </div>
      )}
    </div>
  );
}

type FileListProps = { files: unknown[]; isFixed: boolean; remove: (index: number) => void };

function FileList({ files, isFixed, remove }: FileListProps) {
  const { t } = useTranslation();
  if (files.length === 0 && isFixed) return <span className="ct-soft">{t('form.noFiles')}</span>;
  return (
    <ul className="ct-plain">
      {files.map((file, index) => (
        <li key={index} className="ct-row" style={{ minHeight: 44 }}>
          {isHandle(file) ? <SealedValue handle={file} /> : <FileName file={file as Attachment} />}
          {!isFixed && (
            <Button
              type="text"
              danger
              icon={<DeleteOutlined aria-hidden />}
              aria-label={t('form.removeFile', { name: (file as Attachment).name ?? '' })}
              onClick={() => remove(index)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function FileName({ file }: { file: Attachment }) {
  return (
    <span>
      <PaperClipOutlined aria-hidden /> {file.name}{' '}
      <span className="ct-soft">{file.size ? `${megabytes(file.size)} MB` : ''}</span>
    </span>
  );
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value && Object.keys(value).length > 0 ? [value] : [];
}

async function upload({ isPublic }: { isPublic: boolean }, file: File): Promise<Attachment> {
  const body = new FormData();
  body.append('file', file);
  const route = isPublic ? 'POST /api/portal/attachments' : 'POST /api/attachments';
  return (await call(route, { body, anonymous: isPublic })).attachment;
}

function megabytes(bytes: number): string {
  return String(Math.max(0.1, Math.round((bytes / 1_048_576) * 10) / 10));
}
