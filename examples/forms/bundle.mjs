// Bundles the page: node bundle.mjs FOLDER. The JavaScript package stays beside it, because it loads its own files.

import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const src = fileURLToPath(new URL('src/', import.meta.url));
const [dir] = process.argv.slice(2);
await build({
  entryPoints: [join(src, 'page.jsx')],
  outfile: join(dir, 'page.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  external: ['./modenhet/index.js'],
});
for (const name of ['index.html', 'page.css']) await copyFile(join(src, name), join(dir, name));
