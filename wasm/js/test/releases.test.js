// Share links of earlier releases say what they said then.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { test } from 'node:test';
import { folder } from './kit.js';

const { linkOf, textIn } = await import(pathToFileURL(join(folder, 'check', 'share.js')));
const releases = fileURLToPath(new URL('../../../testdata/releases', import.meta.url));
const read = (...path) => readFileSync(join(releases, ...path), 'utf8').trim();

test('links of every release', async () => {
  const names = readdirSync(releases).filter((name) => existsSync(join(releases, name, 'link.txt')));
  assert.ok(names.length > 0);
  for (const name of names) {
    const { model, subject, answers, notApplicable } = JSON.parse(read(name, 'digital-modenhet-kommune', 'complete.json'));
    const said = JSON.parse(JSON.stringify({ model, subject, answers, notApplicable }));
    assert.deepEqual(JSON.parse(await textIn(read(name, 'link.txt'))), said, name);
    const today = await linkOf(said, 'https://example.org/');
    assert.deepEqual(JSON.parse(await textIn(new URL(today).hash)), said);
  }
});
