import { Alert, Button } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState, type ComponentType, type LazyExoticComponent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileKind } from '../../lib/file-kind.js';
import { ErrorState, PageSkeleton } from '../../ui/states.js';
import { useStudioFile, type FileContent, type Problem, type StudioFile } from './api.js';
import { RemovedFile } from './create/removed-file.js';
import { useDrafts, useDraftStore } from './drafts.js';
import type { EditorProps } from './editor-props.js';

const text = lazy(async () => ({ default: (await import('./text/text-file-editor.js')).TextFileEditor }));
const settings = lazy(async () => ({ default: (await import('./settings/settings-editor.js')).SettingsEditor }));
const editors: Record<FileKind, LazyExoticComponent<ComponentType<EditorProps>>> = {
  process: lazy(async () => ({ default: (await import('./process/process-editor.js')).ProcessEditor })),
  decision: lazy(async () => ({ default: (await import('./decision/decision-editor.js')).DecisionEditor })),
  form: lazy(async () => ({ default: (await import('./form/form-editor.js')).FormEditor })),
  document: lazy(async () => ({ default: (await import('./document/document-editor.js')).DocumentEditor })),
  ledger: settings,
  settings,
  scenarios: text,
  readme: text,
};

type Props = { file: StudioFile; problems: Problem[]; target: { problem: Problem } | null; slot: HTMLElement | null };

/** Opens the editor of its kind on the draft of a file, or on what is published. */
export function FileEditor(props: Props) {
  const { path, isNew } = props.file;
  const draft = useDrafts()[path];
  if (draft?.content === null) return <RemovedFile path={path} />;
  if (isNew) return <LoadedFile {...props} published={{ path, content: null, hash: null }} />;
  return <PublishedFile {...props} />;
}

function PublishedFile(props: Props) {
  const published = useStudioFile(props.file.path);
  if (published.isError && !published.data)
    return <ErrorState error={published.error} retry={() => void published.refetch()} />;
  if (!published.data) return <PageSkeleton />;
  return <LoadedFile {...props} published={published.data} />;
}

type Opened = { content: string; hash: string | null; version: number };

function LoadedFile({ file, problems, target, slot, published }: Props & { published: FileContent }) {
  const { t } = useTranslation();
  const store = useDraftStore();
  const draft = useDrafts()[file.path];
  const [opened, setOpened] = useState<Opened>(() => ({
    content: draft?.content ?? published.content ?? '',
    hash: draft?.baseHash ?? published.hash,
    version: 0,
  }));
  /** What this editor itself made of the draft; anything else came from outside and is opened anew. */
  const written = useRef(draft?.content ?? null);
  const outside = draft?.content ?? null;
  useEffect(() => {
    const isOurs = outside === written.current;
    if (isOurs && (outside !== null || published.hash === opened.hash)) return;
    const isJustPublished = outside === null && written.current === published.content;
    written.current = outside;
    setOpened((before) =>
      isJustPublished
        ? { ...before, hash: published.hash }
        : { content: outside ?? published.content ?? '', hash: published.hash, version: before.version + 1 },
    );
  }, [outside, published, opened.hash]);
  const change = (content: string | null) => {
    const next = content ?? opened.content;
    if (next === published.content) {
      written.current = null;
      store.discard([file.path]);
    } else {
      written.current = next;
      store.put({ baseHash: opened.hash, ...draft, path: file.path, content: next });
    }
  };
  const Editor = editors[file.kind] ?? text;
  return (
    <>
      {draft && draft.baseHash !== published.hash && draft.content !== published.content && (
        <StaleNote
          reload={() => store.discard([file.path])}
          keep={() => store.put({ ...draft, baseHash: published.hash })}
          title={t('studio.stale.title')}
        />
      )}
      <Suspense fallback={<PageSkeleton />}>
        <Editor
          key={opened.version}
          path={file.path}
          content={opened.content}
          onChange={change}
          problems={problems}
          target={target}
          slot={slot}
        />
      </Suspense>
    </>
  );
}

function StaleNote({ title, reload, keep }: { title: string; reload: () => void; keep: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="warning"
      showIcon
      title={title}
      description={t('studio.stale.text')}
      action={
        <div className="ct-choices">
          <Button size="small" onClick={keep}>
            {t('studio.stale.keep')}
          </Button>
          <Button size="small" onClick={reload}>
            {t('studio.stale.reload')}
          </Button>
        </div>
      }
    />
  );
}
