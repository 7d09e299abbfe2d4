import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { startI18n } from './app/i18n.js';
import { Providers } from './app/providers.js';
import { router } from './app/routes.js';
import './ui/styles.css';
import './ui/layout.css';

await startI18n();

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  );
