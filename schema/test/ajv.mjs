// Ajv in strict mode on schemas and documents that stand in a file, one JSON object a line: {"name", "schema",
// "formats", "documents": [{"text", "fits"}]}. It prints what it says otherwise than the file.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

let compiled = 0;
let documents = 0;
for (const line of readFileSync(process.argv[2], 'utf8').trim().split('\n')) {
  const c = JSON.parse(line);
  const ajv = new Ajv({ strict: true, allErrors: false });
  if (c.formats) addFormats(ajv);
  try {
    const validate = ajv.compile(c.schema);
    compiled++;
    for (const d of c.documents) {
      documents++;
      if (validate(JSON.parse(d.text)) !== d.fits) {
        console.log(`${c.name}: ${d.text}: fits is not ${d.fits}: ${ajv.errorsText(validate.errors)}`);
      }
    }
  } catch (error) {
    console.log(`${c.name}: ${error.message}`);
  }
}
console.error(`${compiled} schemas, ${documents} documents`);
