import { Alert, Button, Checkbox, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cellOf, isListCell, valuesOfCell } from './cell-values.js';
import type { Choice } from './column-choices.js';

type Props = {
  title: string;
  /** The cell as it stands. */
  text: string;
  isInput: boolean;
  isNumber: boolean;
  choices: readonly Choice[];
  write: (text: string) => void;
  close: () => void;
};

/** Chooses the values of one cell by their words; what is written stays FEEL. */
export function ChoiceBox({ title, text, isInput, isNumber, choices, write, close }: Props) {
  const { t } = useTranslation();
  const known = valuesOfCell(text);
  const [values, setValues] = useState(known?.values ?? []);
  const [isNegated, setNegated] = useState(known?.isNegated ?? false);
  const isMany = isInput || isListCell(text);
  const others = values.filter((value) => choices.every((choice) => choice.value !== value));
  const options = [...choices, ...others.map((value) => ({ value, label: t('studio.decision.notInList') }))].map(
    ({ value, label }) => ({
      value,
      label: (
        <>
          {label} <span className="ct-soft">{value}</span>
        </>
      ),
    }),
  );
  const save = () => {
    write(cellOf(values, { isInput, isNegated, isList: isListCell(text), isNumber }));
    close();
  };
  return (
    <Modal
      open
      title={t('studio.decision.chooseOf', { column: title })}
      onCancel={close}
      footer={[
        <Button key="clear" onClick={() => setValues([])} disabled={values.length === 0}>
          {t(isInput ? 'studio.decision.anyValue' : 'studio.decision.noValue')}
        </Button>,
        <Button key="save" type="primary" onClick={save}>
          {t('studio.decision.choose')}
        </Button>,
      ]}
    >
      {known === undefined && (
        <Alert type="warning" showIcon title={t('studio.decision.isFormula')} description={<code>{text}</code>} />
      )}
      {isInput && (
        <Radio.Group
          className="ct-choice-way"
          value={isNegated}
          onChange={(event) => setNegated(event.target.value as boolean)}
          options={[
            { value: false, label: t('studio.decision.oneOf') },
            { value: true, label: t('studio.decision.noneOf') },
          ]}
        />
      )}
      {isMany ? (
        <Checkbox.Group className="ct-choice-list" value={values} onChange={setValues} options={options} />
      ) : (
        <Radio.Group
          className="ct-choice-list"
          value={values[0] ?? null}
          onChange={(event) => setValues([event.target.value as string])}
          options={options}
        />
      )}
    </Modal>
  );
}
