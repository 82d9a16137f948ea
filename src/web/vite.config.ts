import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `vite build src/web` puts the page into src/web/dist. Everything is served from the same origin, nothing inlined. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The page's content security policy allows no data: URLs for scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2024',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
});
