// The worker of an Analysis.

import { answering } from './analyse.js';

const port = globalThis.process?.getBuiltinModule?.('node:worker_threads').parentPort; // in Node
const answer = answering((message) => (port ?? globalThis).postMessage(message));
if (port) port.on('message', answer);
else addEventListener('message', ({ data }) => answer(data));
