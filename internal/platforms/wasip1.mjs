// Runs a program that is compiled for wasip1, with its arguments: node wasip1.mjs PROGRAM [ARGUMENT…]

import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

// The program's exit ends the process: Node 20 can crash where it unwinds the program's stack to return from it.
const wasi = new WASI({ version: 'preview1', args: process.argv.slice(2), returnOnExit: false });
const { instance } = await WebAssembly.instantiate(await readFile(process.argv[2]), wasi.getImportObject());
wasi.start(instance);
