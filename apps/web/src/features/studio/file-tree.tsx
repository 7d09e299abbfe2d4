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

/** Every file by process, each with its state in words; a word leaves those that are called so. */
export function FileTree({ files, check, current }: Props) {
  const { t } = useTranslation();
  const fileTitle = useFileTitle();
  const [word, setWord] = useState('');
  const groups = groupFiles(files).map((group) => ({ ...group, title: group.title || t(`studio.group.${group.id}`) }));
  const found = groupsNamed(groups, word, fileTitle);
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
      {found.map(({ id, title, files: own }) => (
        <details key={id} className="ct-tree-group" open>
          <summary>{title}</summary>
          <ul className="ct-plain">
            {own.map((file) => (
              <TreeFile
                key={file.path}
                file={file}
                errors={countErrors(check.problems, file.path)}
                isOpen={file.path === current}
              />
            ))}
          </ul>
        </details>
      ))}
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
