import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the page. The server fills `__CSP_NONCE__` in anew with each answer, so that no inline code needs allowing. */
export default defineConfig({
  root: 'web',
  plugins: [react()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
