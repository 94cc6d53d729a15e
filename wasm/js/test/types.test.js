// The types of the package, as strict TypeScript reads them.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { example, folder } from './kit.js';

const here = dirname(fileURLToPath(import.meta.url));
const uses = join(here, 'uses.ts');

test('what the types accept and refuse', (t) => {
  const dir = mkdtempSync(join(dirname(dirname(folder)), 'types-')); // so that modenhet is found as one that is installed
  t.after(() => rmSync(dir, { recursive: true }));
  copyFileSync(uses, join(dir, 'uses.ts'));
  const model = readFileSync(join(folder, 'models', 'digital-modenhet-kommune.json'), 'utf8');
  writeFileSync(join(dir, 'documents.ts'), `import type { Assessment, Model } from 'modenhet';\nexport const model = ${model} satisfies Model;\nexport const example = ${JSON.stringify(example)} satisfies Assessment;\n`);
  writeFileSync(join(dir, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify({
    compilerOptions: { strict: true, noEmit: true, target: 'esnext', lib: ['esnext', 'dom'], module: 'nodenext', types: [], exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
    files: ['uses.ts', 'documents.ts'],
  }));
  try {
    execFileSync(process.execPath, [join(here, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', dir], { encoding: 'utf8' });
  } catch (error) {
    assert.fail(error.stdout + error.stderr);
  }
});

test('uses.ts uses every member', () => {
  const used = readFileSync(uses, 'utf8').split('export function wrong')[0];
  const text = ['index.d.ts', 'analysis.d.ts'].map((name) => readFileSync(join(folder, name), 'utf8')).join('').replace(/\/\*\*[^]*?\*\//g, '');
  const members = [...text.matchAll(/^(?:  (?:readonly )?|export (?:const|function|class|interface|type) )(\w+)/gm)].map((match) => match[1]);
  assert.ok(members.length > 40, members.join());
  assert.deepEqual(members.filter((name) => name !== 'private' && name !== 'constructor' && !new RegExp(`\\b${name}\\b`).test(used)), []);
});
