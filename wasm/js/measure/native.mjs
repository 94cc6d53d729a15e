// The same Go benchmarks as a native program and as WebAssembly in Node, with the package's flags.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './bench.mjs';

const wanted = {
  ScoreInto: /^BenchmarkScore\/complete\S*\s.*?([\d.e+]+) engine-ns\/row/m,
  'ScoreInto, 10 % missing': /^BenchmarkScore\/missing\S*\s.*?([\d.e+]+) engine-ns\/row/m,
  'Session.Set, 300 questions': /^BenchmarkSession\/complete\S*\s.*?\s([\d.e+]+) set-ns\/row/m,
  'JSON to JSON': /^BenchmarkJSON\S*\s.*?([\d.e+]+) engine-ns\/row/m,
};

/** Times in nanoseconds: { benchmark: { native, wasm, inlined } }; the three take turns. */
export function measureNative(root, rounds) {
  const temp = mkdtempSync(join(tmpdir(), 'modenhet-native-'));
  const js = { GOOS: 'js', GOARCH: 'wasm' };
  const programs = { native: [{}], wasm: [js, '-gcflags=all=-l'], inlined: [js] };
  const goroot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
  try {
    for (const [name, [env, ...flags]] of Object.entries(programs)) {
      execFileSync('go', ['test', '-c', ...flags, '-o', join(temp, name), './maturity'], { cwd: root, env: { ...process.env, ...env } });
    }
    const times = {};
    for (let round = 0; round < rounds; round++) {
      const benchmarks = round === 1 ? 'Score|Session|JSON' : 'Score|Session'; // the peers of JSON take a minute
      for (const name of Object.keys(programs)) {
        const command = name === 'native' ? [join(temp, name)]
          : ['node', '--stack-size=8192', join(goroot, 'lib', 'wasm', 'wasm_exec_node.js'), join(temp, name)];
        const text = execFileSync(command[0], [...command.slice(1), '-test.run=^$', `-test.bench=^Benchmark(${benchmarks})$`, '-test.benchtime=0.5s'],
          { cwd: join(root, 'maturity'), encoding: 'utf8', env: { HOME: process.env.HOME, PATH: process.env.PATH } });
        for (const [benchmark, pattern] of Object.entries(wanted)) {
          const found = text.match(pattern);
          if (found) ((times[benchmark] ??= {})[name] ??= []).push(Number(found[1]));
        }
      }
    }
    return Object.fromEntries(Object.entries(times).map(([benchmark, of]) => [benchmark,
      Object.fromEntries(Object.entries(of).map(([name, all]) => [name, median(all)]))]));
  } finally {
    rmSync(temp, { recursive: true });
  }
}
