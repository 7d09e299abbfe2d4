import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const server = process.env.API_URL ?? 'http://127.0.0.1:3000';

/** Bundles the web app to dist/web; in development it answers on port 5173 and hands /api and /v2 to the server. */
export default defineConfig({
  root,
  plugins: [react()],
  resolve: { conditions: ['changtong-source', 'module', 'browser', 'development|production'] },
  build: {
    outDir: fileURLToPath(new URL('../../dist/web', import.meta.url)),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1600,
  },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': server, '/v2': server, '/health': server } },
});
