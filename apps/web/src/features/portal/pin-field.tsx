import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { anchorOf } from '../../ui/form/form-context.js';

/** Where a summary of problems finds the field. */
export const PIN_PATH = '/pin';

type Props = { pin: string; change: (pin: string) => void; isWrong: boolean; isHelped: boolean };

/** Six digits that an anonymous person chooses; without them the code opens nothing. */
export function PinField({ pin, change, isWrong, isHelped }: Props) {
  const { t } = useTranslation();
  return (
    <div className={`ct-field ${isWrong ? 'has-error' : ''}`} id={anchorOf(PIN_PATH)}>
      <label className="ct-label" htmlFor="pin">
        {t('portal.pin')}
      </label>
      <div className="ct-field-help" id="pin-help">
        {t('portal.pinHelp')} {isHelped && t('portal.pinOwn')}
      </div>
      <Input
        id="pin"
        style={{ width: 200 }}
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
        value={pin}
        aria-describedby="pin-help pin-error"
        aria-invalid={isWrong}
        onChange={(event) => change(event.target.value.replace(/\D/g, ''))}
      />
      {isWrong && (
        <div className="ct-field-error" id="pin-error" role="alert">
          {t('portal.pinWrong')}
        </div>
      )}
    </div>
  );
}
