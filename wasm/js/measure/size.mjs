// What crosses the network: brotli at its best, in kB of 1000 bytes.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

export function brotli(data, quality = 11) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(data, { params: { [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: data.length } });
}

const kB = (data) => brotli(data).length / 1000;

/** The files that a page loads before it has a model. */
export function packageSizes(dir) {
  return Object.fromEntries(['modenhet.wasm', 'core.js', 'runtime.js'].map((name) => [name, kB(readFileSync(join(dir, name)))]));
}

// Programs that each use what the one before uses, and one thing more.
const engine = '"github.com/modenhet/modenhet/maturity"';
const safejs = '"github.com/hack-pad/safejs"';
const steps = [
  ['nothing: an empty Go program', [], ''],
  ['safejs', [safejs], 'safejs.Global().Get("modenhet")'],
  ['read and check a model (`Parse`)', [engine], 'm, err := maturity.Parse(in, nil); use(m, err)'],
  ['`Compile`', [], 's, err := maturity.Compile(m, nil); use(s, err)'],
  ['`ScoreJSON`, `AppendJSON`', [], 'r := new(maturity.Result); use(s.ScoreJSON(r, in)); use(r.AppendJSON(nil))'],
  ['`Session`', [], 'a, _ := s.ParseAssessment(in); x, _ := s.Session(a); use(x.Set(string(in), a.Answers["q"]), x.Clear("q"), x.NotApplicable("q", "")); q, err := x.Result(); use(q, err, x.Assessment(), x.Moved())'],
  ['`Explain`', [], 'e, err := s.Explain(a, string(in)); use(err, e.AppendJSON(nil))'],
  ['`Lint`', [], 'use(maturity.AppendIssues(nil, m.Lint(nil)))'],
];

/** What each part costs: the size of each program, the last being the package's. */
export function partSizes(root, dir) {
  const temp = mkdtempSync(join(tmpdir(), 'modenhet-parts-'));
  try {
    const require = readFileSync(join(root, 'go.mod'), 'utf8').replace(/^module .*/m, 'module parts');
    const go = (...args) => execFileSync('go', args, { cwd: temp, env: { ...process.env, GOOS: 'js', GOARCH: 'wasm', GOFLAGS: '-mod=mod' } });
    writeFileSync(join(temp, 'go.mod'), `${require}\nrequire github.com/modenhet/modenhet v0.0.0\nreplace github.com/modenhet/modenhet => ${root}\n`);
    cpSync(join(root, 'go.sum'), join(temp, 'go.sum'));
    const imports = [];
    const body = [];
    const sizes = steps.map(([name, more, code], i) => {
      imports.push(...more);
      body.push(code);
      mkdirSync(join(temp, `p${i}`));
      writeFileSync(join(temp, `p${i}`, 'main.go'), `package main\nimport (\n${imports.join('\n')}\n)\n
var in []byte\nvar kept any\n\n//go:noinline\nfunc use(v ...any) { kept = v }\n\nfunc main() {\n${body.join('\n')}\nselect {}\n}\n`);
      go('build', '-trimpath', '-buildvcs=false', '-gcflags=all=-l', '-ldflags=-s -w -buildid=', '-o', `p${i}.wasm`, `./p${i}`);
      return [name, kB(readFileSync(join(temp, `p${i}.wasm`)))];
    });
    return [...sizes, ['the package: exported functions, panics with their place', kB(readFileSync(join(dir, 'modenhet.wasm')))]];
  } finally {
    rmSync(temp, { recursive: true });
  }
}
