/** Choices of staff that outlive a visit; the portal keeps nothing on the device. */
type Preferences = {
  language?: 'zh' | 'en';
  theme?: 'light' | 'dark';
  /** Key of the newest notice that was opened, by account. */
  seenNotices?: Record<string, string>;
};

const KEY = 'changtong.preferences';

export function readPreferences(): Preferences {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Preferences;
  } catch {
    return {};
  }
}

export function savePreference(change: Preferences): void {
  localStorage.setItem(KEY, JSON.stringify({ ...readPreferences(), ...change }));
}
