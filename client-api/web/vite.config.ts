import { defineConfig } from 'vite';

// The pages are developed with "npm run dev" beside a running city; CITYTWIN_URL says where that one listens.
declare const process: { env: Record<string, string | undefined> };
const city = process.env['CITYTWIN_URL'] ?? 'http://127.0.0.1:5080';

// A browser that opens an address gets the pages; what the pages ask for goes to the city.
const api = { target: city, bypass: (request: { headers: { accept?: string | undefined } }) => (request.headers.accept?.includes('text/html') ? '/index.html' : undefined) };

export default defineConfig({
  build: { target: 'es2022', sourcemap: false, assetsInlineLimit: 0, reportCompressedSize: false, chunkSizeWarningLimit: 900 },
  server: {
    proxy: {
      '/live': { target: city, ws: true },
      // All but what Vite itself serves.
      '^/(?!src/|node_modules/|@|index\\.html|$).*': api,
    },
  },
});
