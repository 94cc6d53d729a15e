// Writes the share link of a release, from the assessment that is frozen with it: node wasm/js/test/freeze.mjs v0.2.0

import { readFileSync, writeFileSync } from 'node:fs';
import { linkOf } from '../check/share.js';

const release = new URL(`../../../testdata/releases/${process.argv[2]}/`, import.meta.url);
const assessment = JSON.parse(readFileSync(new URL('digital-modenhet-kommune/complete.json', release), 'utf8'));
writeFileSync(new URL('link.txt', release), `${new URL(await linkOf(assessment, 'https://example.org/')).hash}\n`);
