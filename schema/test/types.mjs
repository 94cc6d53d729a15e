// TypeScript types of the schemas in a folder, by json-schema-to-typescript: name.json becomes name.d.ts.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFromFile } from 'json-schema-to-typescript';

const dir = process.argv[2];
for (const file of readdirSync(dir).filter((name) => name.endsWith('.json'))) {
  const types = await compileFromFile(join(dir, file), { bannerComment: '', additionalProperties: false });
  writeFileSync(join(dir, file.replace(/\.json$/, '.d.ts')), types);
}
