import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SealedFacts, SealedHandle } from '../lib/api-types.js';
import { call } from '../lib/api/client.js';
import { endText } from '../lib/deadline.js';
import { plainValue } from '../lib/plain-value.js';
import { ReasonPopover } from './reason-popover.js';

type Vault = {
  facts: SealedFacts;
  revealed: Record<string, unknown>;
  /** Why something was opened here last; the same reason often holds for the next, but never for who somebody is. */
  lastReason: string;
  reveal: (keys: string[], reason: string) => Promise<void>;
  /** Called for each masked value of the page with where it stands; the answer takes it out again. */
  show: (place: Element, key: string) => () => void;
  /** Masked values in sight, not those folded away, that may be opened along with this one; who somebody is always opens alone. */
  companions: (key: string) => string[];
};

const VaultContext = createContext<Vault>({
  facts: {},
  revealed: {},
  lastReason: '',
  reveal: () => Promise.resolve(),
  show: () => () => undefined,
  companions: () => [],
});

type ProviderProps = { processInstanceKey: string; facts: SealedFacts; children: ReactNode };

/** Gives the sealed values below it their way to be opened; what was opened lives only as long as this page. */
export function SealedProvider({ processInstanceKey, facts, children }: ProviderProps) {
  const [revealed, setRevealed] = useState<Record<string, unknown>>({});
  const [lastReason, setLastReason] = useState('');
  const shown = useRef(new Map<Element, string>());
  const show = useCallback((place: Element, key: string) => {
    shown.current.set(place, key);
    return () => void shown.current.delete(place);
  }, []);
  const vault = useMemo<Vault>(
    () => ({
      facts,
      revealed,
      lastReason,
      reveal: async (sealedKeys, reason) => {
        const body = { sealedKeys, reason, processInstanceKey };
        const answer = await call('POST /api/reveals', { body });
        setRevealed((known) => ({ ...known, ...answer.values }));
        setLastReason(reason);
      },
      show,
      companions: (key) => {
        const { class: className, identifies } = facts[key] ?? {};
        if (identifies !== false) return [];
        const inSight = [...shown.current].filter(([place]) => place.checkVisibility()).map(([, other]) => other);
        const masked = [...new Set(inSight)].filter((other) => other !== key && !(other in revealed));
        return masked.filter((other) => facts[other]?.class === className && facts[other]?.canReveal === true);
      },
    }),
    [facts, revealed, lastReason, show, processInstanceKey],
  );
  return <VaultContext value={vault}>{children}</VaultContext>;
}

/** ●●●● with 查看; after a reason the value itself, and that the reading was recorded. */
export function SealedValue({ handle, label }: { handle: SealedHandle; label?: string }) {
  const { t, i18n } = useTranslation();
  const vault = useContext(VaultContext);
  const key = handle.$sealed;
  const fact = vault.facts[key];
  const { show } = vault;
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => (place.current ? show(place.current, key) : undefined), [show, key]);
  const together = () => {
    const count = vault.companions(key).length;
    return count === 0 ? null : t('reveal.together', { count, what: fact?.className });
  };
  if (key in vault.revealed)
    return (
      <span>
        {plainValue(vault.revealed[key], t)} <span className="ct-soft">({t('reveal.recorded')})</span>
      </span>
    );
  return (
    <span className="ct-row" style={{ display: 'inline-flex', gap: 8 }} ref={place}>
      <span className="ct-sealed" aria-label={t('reveal.masked')}>
        {fact?.mask || '●●●●'}
      </span>
      {fact?.canReveal && (
        <ReasonPopover
          label={t('reveal.view')}
          describe={label ? t('reveal.viewOf', { label }) : t('reveal.view')}
          question={t('reveal.why', { what: label ?? fact.className })}
          ask={(reason, isTogether) => vault.reveal([key, ...(isTogether ? vault.companions(key) : [])], reason)}
          given={fact.identifies ? '' : vault.lastReason}
          more={together}
        />
      )}
      {fact?.until && (
        <span className="ct-soft">{t('reveal.until', { at: endText(Date.parse(fact.until), i18n.language) })}</span>
      )}
    </span>
  );
}

/** Any value of a case: sealed leaves masked, lists one below the other, the rest as text. */
export function CaseValue({ value, label }: { value: unknown; label?: string }) {
  const { t } = useTranslation();
  if (isHandle(value)) return <SealedValue handle={value} {...(label ? { label } : {})} />;
  if (Array.isArray(value) && value.length > 0)
    return (
      <ul className="ct-plain">
        {value.map((item, index) => (
          <li key={index}>
            <CaseValue value={item} {...(label ? { label } : {})} />
          </li>
        ))}
      </ul>
    );
  if (isRecord(value)) return <Group parts={Object.entries(value)} {...(label ? { label } : {})} />;
  return <>{plainValue(value, t)}</>;
}

/** Several answers that belong together, each by its name; one alone needs none. */
function Group({ parts, label }: { parts: [string, unknown][]; label?: string }) {
  return (
    <span className="ct-row" style={{ gap: '0 16px', flexWrap: 'wrap' }}>
      {parts.map(([name, part]) => (
        <span key={name}>
          {parts.length > 1 && <span className="ct-soft">{name} </span>}
          <CaseValue value={part} {...(label ? { label } : {})} />
        </span>
      ))}
    </span>
  );
}

export function isHandle(value: unknown): value is SealedHandle {
  return isRecord(value) && typeof value.$sealed === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
