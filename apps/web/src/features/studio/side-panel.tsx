import { Badge, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem, StudioFile } from './api.js';
import { HistoryList } from './history-list.js';
import { ProblemList } from './problem-list.js';
import { isFault, type Check } from './use-check.js';

type Props = {
  file: StudioFile | undefined;
  check: Check;
  goToProblem: (problem: Problem) => void;
  setSlot: (slot: HTMLElement | null) => void;
};

/** Properties, faults and history beside the editor. */
export function SidePanel({ file, check, goToProblem, setSlot }: Props) {
  const { t } = useTranslation();
  const [tab, setTab] = useState('properties');
  const hasProperties = file?.kind === 'process';
  const active = tab === 'properties' && !hasProperties ? 'check' : tab;
  return (
    <aside className="ct-studio-side" aria-label={t('studio.side')}>
      <Tabs
        activeKey={active}
        onChange={setTab}
        items={[
          ...(hasProperties
            ? [{ key: 'properties', label: t('studio.properties'), forceRender: true, children: <div ref={setSlot} /> }]
            : []),
          {
            key: 'check',
            label: (
              <Badge count={check.problems.filter(isFault).length} size="small" offset={[10, 0]}>
                {t('studio.check.title')}
              </Badge>
            ),
            children: <ProblemList check={check} current={file?.path} goTo={goToProblem} />,
          },
          ...(file && !file.isNew
            ? [
                {
                  key: 'history',
                  label: t('studio.history.title'),
                  children: <HistoryList key={file.path} file={file} />,
                },
              ]
            : []),
        ]}
      />
    </aside>
  );
}
