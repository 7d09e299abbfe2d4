import {
  ApartmentOutlined,
  FileTextOutlined,
  FormOutlined,
  ReadOutlined,
  SearchOutlined,
  ExperimentOutlined,
  OrderedListOutlined,
  SettingOutlined,
  TableOutlined,
} from '@ant-design/icons';
import { Input } from 'antd';
import { useEffect, useRef, useState, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FileKind } from '../../lib/file-kind.js';
import type { StudioFile } from './api.js';
import { CreateButton } from './create/create-button.js';
import { useDrafts } from './drafts.js';
import { useFileTitle } from './file-title.js';
import { groupFiles, groupsNamed } from './group-files.js';
import { countErrors, type Check } from './use-check.js';
import { editorAddress } from './use-open-file.js';

const icons: Record<FileKind, ComponentType<{ 'aria-hidden'?: boolean }>> = {
  process: ApartmentOutlined,
  decision: TableOutlined,
  form: FormOutlined,
  document: FileTextOutlined,
  ledger: OrderedListOutlined,
  settings: SettingOutlined,
  scenarios: ExperimentOutlined,
  readme: ReadOutlined,
};

type Props = { files: StudioFile[]; check: Check; current: string };

/** Every file by process, folded but for where somebody works; a word leaves those that are called so, unfolded. */
export function FileTree({ files, check, current }: Props) {
  const { t } = useTranslation();
  const fileTitle = useFileTitle();
  const [word, setWord] = useState('');
  const groups = groupFiles(files).map((group) => ({ ...group, title: group.title || t(`studio.group.${group.id}`) }));
  const found = groupsNamed(groups, word, fileTitle);
  const groupOf = (path: string) => groups.find((group) => group.files.some((file) => file.path === path))?.id ?? '';
  const [seen, setSeen] = useState(current);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(() => new Set([groupOf(current)]));
  if (seen !== current) {
    setSeen(current);
    setUnfolded(new Set([...unfolded, groupOf(current)]));
  }
  const toggle = (id: string, isOpen: boolean) => {
    if (word.trim() !== '' || unfolded.has(id) === isOpen) return;
    setUnfolded(new Set(isOpen ? [...unfolded, id] : [...unfolded].filter((one) => one !== id)));
  };
  return (
    <>
      <div className="ct-tree-find">
        <Input
          prefix={<SearchOutlined aria-hidden />}
          placeholder={t('studio.findFile')}
          aria-label={t('studio.findFile')}
          allowClear
          value={word}
          onChange={(event) => setWord(event.target.value)}
        />
        <CreateButton files={files} current={current} />
      </div>
      {found.length === 0 && (
        <p className="ct-soft" role="status" style={{ padding: 8 }}>
          {t('studio.noFiles')}
        </p>
      )}
      {found.map((group) => {
        const isOpen = word.trim() !== '' || unfolded.has(group.id);
        return (
          <details
            key={group.id}
            className="ct-tree-group"
            open={isOpen}
            onToggle={(event) => toggle(group.id, event.currentTarget.open)}
          >
            <summary>
              {group.title}
              {!isOpen && <GroupState files={group.files} check={check} />}
            </summary>
            <ul className="ct-plain">
              {group.files.map((file) => (
                <TreeFile
                  key={file.path}
                  file={file}
                  errors={countErrors(check.problems, file.path)}
                  isOpen={file.path === current}
                />
              ))}
            </ul>
          </details>
        );
      })}
    </>
  );
}

/** What a folded group hides: that something in it is changed or wrong. */
function GroupState({ files, check }: { files: StudioFile[]; check: Check }) {
  const { t } = useTranslation();
  const drafts = useDrafts();
  const errors = files.reduce((count, { path }) => count + countErrors(check.problems, path), 0);
  return (
    <>
      {files.some(({ path }) => path in drafts) && (
        <span className="ct-state ct-state-draft">{t('studio.state.draft')}</span>
      )}
      {errors > 0 && <span className="ct-state ct-state-error">{t('studio.state.errors', { count: errors })}</span>}
    </>
  );
}

function TreeFile({ file, errors, isOpen }: { file: StudioFile; errors: number; isOpen: boolean }) {
  const { t } = useTranslation();
  const fileTitle = useFileTitle();
  const draft = useDrafts()[file.path];
  const isDraft = draft !== undefined;
  const Icon = icons[file.kind] ?? FileTextOutlined;
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isOpen) link.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  return (
    <li>
      <Link
        ref={link}
        to={editorAddress(file.path)}
        className={`ct-tree-file ${isOpen ? 'is-open' : ''}`}
        aria-current={isOpen ? 'page' : undefined}
        title={`${t(`studio.kind.${file.kind}`)} · ${file.path}`}
      >
        <Icon aria-hidden />
        <span className="ct-tree-title">{fileTitle(file)}</span>
        {isDraft && (
          <span className="ct-state ct-state-draft">
            {t(draft.content === null ? 'studio.create.removedState' : 'studio.state.draft')}
          </span>
        )}
        {errors > 0 && <span className="ct-state ct-state-error">{t('studio.state.errors', { count: errors })}</span>}
        {!isDraft && errors === 0 && <span className="ct-visually-hidden">{t('studio.state.published')}</span>}
      </Link>
    </li>
  );
}
