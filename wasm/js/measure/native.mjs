// What the same work takes in a native Go program.

import { execFileSync } from 'node:child_process';
import { median } from './bench.mjs';

/** Microseconds of reading, scoring and writing as scoreJSON does. */
export function measureNative(root, rounds) {
  const text = execFileSync('go', ['test', '-run', '^$', '-bench', '^BenchmarkDocument$', '-count', String(rounds), './maturity'], { cwd: root, encoding: 'utf8' });
  return median([...text.matchAll(/^BenchmarkDocument\S*\s+\d+\s+([\d.e+]+) ns\/op/gm)].map((found) => Number(found[1]))) / 1000;
}
