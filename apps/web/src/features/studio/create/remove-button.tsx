import { DeleteOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ErrorState, ListSkeleton } from '../../../ui/states.js';
import { checkChanges, type Problem, type StudioFile } from '../api.js';
import { useDrafts, useDraftStore, type Drafts } from '../drafts.js';
import { useFileTitle } from '../file-title.js';
import { useProblemSentence } from '../problem-sentence.js';
import { useAllFiles } from '../use-all-files.js';
import { draftsAfter, planRemoval, removalOf, type Removal } from './removal.js';

/** Takes the open file away: at once where it was never published, else with the next publication. */
export function RemoveButton({ file, known }: { file: StudioFile; known: readonly Problem[] }) {
  const { t } = useTranslation();
  const files = useAllFiles();
  const drafts = useDrafts();
  const [isAsking, setAsking] = useState(false);
  const removal = removalOf(file, files);
  if (!removal || drafts[file.path]?.content === null) return null;
  const label = t(file.isNew ? 'studio.create.forget' : 'studio.create.remove');
  return (
    <>
      <Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} onClick={() => setAsking(true)}>
        {label}
      </Button>
      {isAsking && (
        <RemoveDialog file={file} known={known} files={files} removal={removal} close={() => setAsking(false)} />
      )}
    </>
  );
}

/** So many faults are named. */
const SHOWN = 10;

type Props = { file: StudioFile; known: readonly Problem[]; files: StudioFile[]; removal: Removal; close: () => void };

function RemoveDialog({ file, known, files, removal, close }: Props) {
  const { t } = useTranslation();
  const fileTitle = useFileTitle();
  const store = useDraftStore();
  const navigate = useNavigate();
  const drafts = useDrafts();
  const plan = useQuery({
    queryKey: ['studio-removal', file.path, drafts],
    queryFn: () => planRemoval(removal, { files, drafts }),
    gcTime: 0,
  });
  const after = plan.data && draftsAfter(drafts, plan.data);
  const faults = useQuery({
    queryKey: ['studio-removal-faults', after],
    queryFn: () => newFaults(known, after ?? drafts),
    enabled: after !== undefined && !file.isNew,
    gcTime: 0,
  });
  const failed = [plan, faults].find(({ isError }) => isError);
  const title = t(file.isNew ? 'studio.create.forgetTitle' : 'studio.create.removeTitle', { title: fileTitle(file) });
  const remove = () => {
    if (!plan.data) return;
    for (const draft of plan.data.puts) store.put(draft);
    store.discard(plan.data.discards);
    close();
    if (file.isNew) void navigate('/studio');
  };
  return (
    <Modal
      open
      title={title}
      onCancel={close}
      okText={t(file.isNew ? 'studio.create.forget' : 'studio.create.remove')}
      cancelText={t('common.cancel')}
      okButtonProps={{ danger: true, disabled: !plan.data }}
      onOk={remove}
    >
      <div className="ct-stack">
        <p>{t(file.isNew ? 'studio.create.forgetHint' : 'studio.create.removeHint')}</p>
        {removal.paths.length > 1 && <Together paths={removal.paths} files={files} />}
        {failed && <ErrorState error={failed.error} retry={() => void failed.refetch()} />}
        {faults.data && <Faults faults={faults.data} files={files} />}
        {!failed && !file.isNew && faults.isPending && <ListSkeleton rows={2} />}
      </div>
    </Modal>
  );
}

function Together({ paths, files }: { paths: string[]; files: StudioFile[] }) {
  const { t } = useTranslation();
  const fileTitle = useFileTitle();
  const titles = paths.map((path) => fileTitle(files.find((file) => file.path === path)!));
  return <p>{t('studio.create.together', { count: paths.length, list: titles.join('、') })}</p>;
}

/** What would be wrong without the file: whatever still refers to it. */
function Faults({ faults, files }: { faults: Problem[]; files: StudioFile[] }) {
  const { t } = useTranslation();
  const sentence = useProblemSentence();
  const fileTitle = useFileTitle();
  if (faults.length === 0) return <Alert type="success" showIcon title={t('studio.create.unused')} />;
  const line = (fault: Problem) => {
    const where = files.find(({ path }) => path === fault.file);
    return (where ? `${fileTitle(where)}：` : '') + sentence(fault);
  };
  const lines = [...new Set(faults.map(line))];
  return (
    <Alert
      type="warning"
      showIcon
      title={t('studio.create.stillUsed')}
      description={
        <ul>
          {lines.slice(0, SHOWN).map((one) => (
            <li key={one}>{one}</li>
          ))}
          {lines.length > SHOWN && <li>{t('studio.create.moreFaults', { count: lines.length - SHOWN })}</li>}
        </ul>
      }
    />
  );
}

/** Errors that the check finds with these drafts and has not found before. */
async function newFaults(known: readonly Problem[], drafts: Drafts): Promise<Problem[]> {
  const changes = Object.values(drafts).map(({ path, content }) => ({ path, content }));
  const { problems } = await checkChanges(changes);
  const signs = new Set(known.map(signOf));
  return problems.filter((problem) => problem.severity === 'error' && !signs.has(signOf(problem)));
}

const signOf = ({ code, file, message }: Problem): string => [code, file, message].join('\n');
