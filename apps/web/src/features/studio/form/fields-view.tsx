import { Alert, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api.js';
import { UndoRedo } from '../undo-redo.js';
import { AddFieldMenu } from './add-field-menu.js';
import { FieldList } from './field-list.js';
import { FieldSettings } from './field-settings.js';
import { FormSettings, SectionHead } from './form-settings.js';
import { moveField, neighborOf, removeField } from './form-edits.js';
import { asObject, fieldOfPlace, topLevel, type FieldLine, type Json, type Section } from './form-fields.js';
import type { FieldEdits } from './use-field-edits.js';

type Props = {
  form: Json;
  sections: readonly Section[];
  edits: FieldEdits;
  problems: Problem[];
  /** The field to look at; a new object for each time it is asked for. */
  asked: { name: string } | null;
  openText: (name: string) => void;
  /** The switch between the views. */
  views: ReactNode;
};

/** The fields of a form as a list, the questions about the chosen one below it; no line of JSON. */
export function FieldsView({ form, sections, edits, problems, asked, openText, views }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(asked?.name ?? null);
  const [focus, setFocus] = useState(asked);
  const [removed, setRemoved] = useState<string | null>(null);
  const [seen, setSeen] = useState(asked);
  if (asked !== seen) {
    setSeen(asked);
    setFocus(asked);
    setChosen(asked?.name ?? null);
  }
  const edit: FieldEdits['edit'] = (change) => {
    setRemoved(null);
    edits.edit(change);
  };
  const move = (name: string, by: -1 | 1) => {
    edit((text) => moveField(text, name, by));
    setFocus({ name });
  };
  const remove = (line: FieldLine) => {
    const next = neighborOf(sections, line.name);
    edits.edit((text) => removeField(text, line.name));
    setChosen(null);
    setRemoved(line.title);
    setFocus(next ? { name: next.name } : null);
  };
  const back = (step: () => void) => () => {
    setRemoved(null);
    step();
  };
  const added = (name: string) => {
    setChosen(name);
    setFocus({ name });
  };
  const ui = asObject(form.ui);
  return (
    <>
      <div className="ct-editor-tools">
        <AddFieldMenu edit={edit} after={chosen} added={added} />
        <UndoRedo undo={edits.undo && back(edits.undo)} redo={edits.redo && back(edits.redo)} />
        <span className="ct-fill" />
        {views}
      </div>
      <div role="status">
        {removed !== null && edits.undo && (
          <Alert
            type="info"
            title={t('studio.fields.removed', { title: removed })}
            action={
              <Button size="small" onClick={back(edits.undo)}>
                {t('studio.undo')}
              </Button>
            }
          />
        )}
      </div>
      <section className="ct-fields-column" aria-label={t('studio.fields.list')}>
        <FormSettings form={form} edit={edit} />
        <FieldList
          sections={sections}
          chosen={chosen}
          choose={setChosen}
          move={move}
          remove={remove}
          focus={focus}
          problemsOf={(name) => problems.filter(({ place }) => place && fieldOfPlace(form, place) === name)}
          headOf={(section) => <SectionHead section={section} form={form} edit={edit} />}
          settings={(line, section) => (
            <FieldSettings
              key={line.name}
              line={line}
              help={helpOf(ui, line.name)}
              isFolded={line.depth > 0 || topLevel(section.id) === 'all' ? null : foldedIn(section)}
              problems={problems.filter(({ place }) => place && fieldOfPlace(form, place) === line.name)}
              edit={edit}
              openText={() => openText(line.name)}
            />
          )}
        />
        <p className="ct-soft ct-fields-keys">{t('studio.fields.keys')}</p>
      </section>
    </>
  );
}

function helpOf(ui: Json, name: string): string {
  const help = asObject(ui.help)[name];
  return typeof help === 'string' ? help : '';
}

/** What stands on no page cannot be folded on one. */
const foldedIn = ({ part }: Section): boolean | null => (part === 'unplaced' ? null : part === 'more');
