import { createContext } from 'react';

/** Light or dark, and the way to change it. */
export const ThemeContext = createContext({ isDark: false, toggle: () => {} });
