import { Grid } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { isFailed } from '../../lib/is-failed.js';
import { useDocumentTitle } from '../../ui/page-frame.js';
import { EmptyState, ErrorState, ListSkeleton } from '../../ui/states.js';
import { useFileTitle } from './file-title.js';
import { useStudioFiles, type Problem } from './api.js';
import { useAllFiles } from './use-all-files.js';
import { useDrafts } from './drafts.js';
import { FileEditor } from './file-editor.js';
import { FileTree } from './file-tree.js';
import { SidePanel } from './side-panel.js';
import { StudioHeader } from './studio-header.js';
import { useCheck } from './use-check.js';
import { useOpenFile } from './use-open-file.js';

/** Tree, editor and side panel of everything an administrator may change. */
export function StudioPage() {
  const { t } = useTranslation();
  const files = useStudioFiles();
  const fileTitle = useFileTitle();
  const drafts = useDrafts();
  const check = useCheck(drafts);
  const path = filePathOf(useParams()['*']);
  const openFile = useOpenFile();
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const [target, setTarget] = useState<{ problem: Problem } | null>(null);
  useEffect(() => {
    if (target?.problem.file !== path) setTarget(null);
  }, [path, target]);
  const all = useAllFiles();
  const file = all.find((one) => one.path === path);
  useDocumentTitle(file ? `${fileTitle(file)} · ${t('studio.title')}` : t('studio.title'));
  const goToProblem = (problem: Problem) => {
    if (problem.file && problem.file !== path) openFile(problem.file);
    setTarget({ problem });
  };
  if (isFailed(files))
    return <ErrorState error={files.error} retry={() => void files.refetch()} safe={t('studio.draftsSafe')} />;
  return (
    <div className="ct-studio">
      <h1 className="ct-visually-hidden">{t('studio.title')}</h1>
      <StudioHeader set={files.data?.set ?? null} file={file} check={check} goToProblem={goToProblem} />
      <nav className="ct-studio-tree" aria-label={t('studio.tree')}>
        {files.isPending ? (
          <ListSkeleton />
        ) : (
          <FoldedOnPhone path={path} isFolded={file !== undefined}>
            <FileTree files={all} check={check} current={path} />
          </FoldedOnPhone>
        )}
      </nav>
      <section className="ct-studio-editor" aria-label={file ? fileTitle(file) : t('studio.editor')}>
        {file ? (
          <FileEditor
            key={file.path}
            file={file}
            problems={check.problems.filter((problem) => problem.file === file.path)}
            target={target}
            slot={slot}
          />
        ) : (
          !files.isPending && (
            <EmptyState
              title={t(path ? 'studio.noFile' : 'studio.chooseFile')}
              hint={t(path ? 'studio.noFileHint' : 'studio.chooseFileHint')}
            />
          )
        )}
      </section>
      <SidePanel file={file} check={check} goToProblem={goToProblem} setSlot={setSlot} />
    </div>
  );
}

type FoldedProps = { path: string; isFolded: boolean; children: ReactNode };

/** On a phone the tree makes room for the file that is open; one touch brings it back. */
function FoldedOnPhone({ path, isFolded, children }: FoldedProps) {
  const { t } = useTranslation();
  const { md: isWide = true } = Grid.useBreakpoint();
  if (isWide) return children;
  return (
    <details key={path} className="ct-tree-fold" open={!isFolded}>
      <summary>{t('studio.otherFile')}</summary>
      {children}
    </details>
  );
}

function filePathOf(rest: string | undefined): string {
  return rest?.startsWith('edit/') ? rest.slice('edit/'.length) : '';
}
