// The facts of maturity/testdata through the JavaScript API, in Node and in a browser: read(path) gives the bytes
// of a file there, expected the issues that the engine finds in each invalid document when it is compiled natively.

export async function facts({ load, MaturityError }, { read, schemes, expected }) {
  const engine = await load();
  const failures = [];
  const results = [];
  const count = { cases: 0, facts: 0, invalid: 0 };

  for (const { name, model, cases } of await all(read, schemes)) {
    const scorer = engine.compile(model);
    for (const c of cases) {
      count.cases++;
      let text;
      try {
        text = scorer.scoreJSON(c.assessment);
      } catch (error) {
        if (!c.error || !(error instanceof MaturityError)) failures.push(`${name}, ${c.case}: ${error}`);
        continue;
      }
      if (c.error) failures.push(`${name}, ${c.case}: no error`);
      results.push(text);
      const nodes = new Map(JSON.parse(text).nodes.map((node) => [node.id, node]));
      for (const [id, want] of Object.entries(c.nodes ?? {})) {
        for (const [field, value] of Object.entries(want)) {
          count.facts++;
          const got = nodes.get(id)[field] ?? null;
          const same = typeof value === 'number' ? got !== null && Math.abs(got - value) <= (c.tolerance ?? 0) : got === (value === '' ? null : value);
          if (!same) failures.push(`${name}, ${c.case}, ${id}: ${field} is ${got}, not ${value}`);
        }
      }
    }
    scorer.free();
  }

  const valid = engine.compile(await read('invalid/valid-model.json'));
  for (const { file, kind, issues } of expected) {
    count.invalid++;
    const document = await read(`invalid/${file}`);
    let got = [];
    try {
      if (kind === 'model') engine.compile(document);
      else got = valid.check(document);
    } catch (error) {
      got = error.issues ?? String(error);
    }
    if (JSON.stringify(got) !== JSON.stringify(issues)) failures.push(`${file}: ${JSON.stringify(got)}, not ${JSON.stringify(issues)}`);
  }

  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(results.join('')));
  return { ...count, failures, sha256: Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('') };
}

// all reads every scheme in the order in which TestConformance does.
async function all(read, schemes) {
  const lines = async (path) => new TextDecoder().decode(await read(path)).trim().split('\n').map((line) => JSON.parse(line));
  const list = [];
  for (const name of schemes) {
    list.push({ name, model: await read(`conformance/${name}/model.json`), cases: await lines(`conformance/${name}/cases.ndjson`) });
  }
  return [...list, ...(await lines('conformance/random.ndjson')), ...(await lines('conformance/ties.ndjson'))];
}
