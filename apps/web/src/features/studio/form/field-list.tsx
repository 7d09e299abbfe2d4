import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, WarningFilled } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudioReference, type Problem } from '../api.js';
import type { FieldLine, Section } from './form-fields.js';

type Props = {
  sections: readonly Section[];
  chosen: string | null;
  choose: (name: string | null) => void;
  move: (name: string, by: -1 | 1) => void;
  remove: (line: FieldLine) => void;
  problemsOf: (name: string) => Problem[];
  /** What opens below the chosen field. */
  settings: (line: FieldLine, section: Section) => ReactNode;
  headOf: (section: Section) => ReactNode;
  /** The field whose line takes the focus; a new object for each time. */
  focus: { name: string } | null;
};

/** Pages and fields of a form in the order the form shows them. */
export function FieldList(props: Props) {
  const { sections, focus } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!focus) return;
    const button = buttonsOf(list.current).find(({ dataset }) => dataset.field === focus.name);
    button?.focus({ preventScroll: true });
    button?.scrollIntoView({ block: 'nearest' });
  }, [focus]);
  return (
    <div ref={list} className="ct-fields">
      {sections.map((section) => (
        <section key={section.id} aria-label={section.title || undefined}>
          {props.headOf(section)}
          <ol className="ct-plain">
            {section.lines.map((line) => (
              <Line key={line.name} {...props} line={line} section={section} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Line(props: Props & { line: FieldLine; section: Section }) {
  const { t } = useTranslation();
  const { line, section, chosen, choose, move, remove, settings } = props;
  const isChosen = chosen === line.name;
  const press = (event: KeyboardEvent<HTMLButtonElement>) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (by === null && event.key !== 'Delete') return;
    event.preventDefault();
    if (by === null) remove(line);
    else if (event.altKey) move(line.name, by);
    else goBy(event.currentTarget, by);
  };
  return (
    <li className={isChosen ? 'is-open' : undefined}>
      <div className="ct-field-line" style={{ paddingLeft: 8 + line.depth * 24 }}>
        <button
          type="button"
          data-field={line.name}
          aria-expanded={isChosen}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
          onClick={() => choose(isChosen ? null : line.name)}
          onKeyDown={press}
        >
          <LineText line={line} problems={props.problemsOf(line.name)} />
        </button>
        {isChosen && (
          <span className="ct-field-tools">
            <Tool
              label={t('studio.fields.up')}
              icon={<ArrowUpOutlined aria-hidden />}
              run={() => move(line.name, -1)}
            />
            <Tool
              label={t('studio.fields.down')}
              icon={<ArrowDownOutlined aria-hidden />}
              run={() => move(line.name, 1)}
            />
            <Tool label={t('studio.fields.remove')} icon={<DeleteOutlined aria-hidden />} run={() => remove(line)} />
          </span>
        )}
      </div>
      {isChosen && settings(line, section)}
    </li>
  );
}

function LineText({ line, problems }: { line: FieldLine; problems: Problem[] }) {
  const { t } = useTranslation();
  const className = useStudioReference().data?.classes.find(({ id }) => id === line.className)?.name;
  const isRequired = line.isRequired || line.isRequiredSometimes;
  return (
    <>
      <span className="ct-field-title">
        {line.title}
        {problems.length > 0 && (
          <span className="ct-state ct-state-error">
            <WarningFilled aria-hidden /> {t('studio.fields.faults', { count: problems.length })}
          </span>
        )}
      </span>
      <span className="ct-field-facts">
        {isRequired && (
          <strong>{t(line.isRequired ? 'studio.fields.required' : 'studio.fields.requiredSometimes')}</strong>
        )}
        {[
          t(`studio.fields.kind_${line.kind}`),
          line.schema['x-value'] !== undefined && t('studio.fields.computed'),
          className,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  );
}

function Tool({ label, icon, run }: { label: string; icon: ReactNode; run: () => void }) {
  return (
    <Tooltip title={label}>
      <Button type="text" size="small" aria-label={label} icon={icon} onClick={run} />
    </Tooltip>
  );
}

function goBy(button: HTMLButtonElement, by: -1 | 1): void {
  const all = buttonsOf(button.closest('.ct-fields'));
  all[all.indexOf(button) + by]?.focus();
}

const buttonsOf = (list: Element | null): HTMLButtonElement[] => [
  ...(list?.querySelectorAll<HTMLButtonElement>('button[data-field]') ?? []),
];
