// Answers one request per line of standard input with one line of standard output: {"verb": ..., ...} -> {"result": ...} | {"error": ...}.
// One process serves all tests, since loading DuckDB takes longer than most of them.
import { createInterface } from 'node:readline';

const modules = { duckdb: './duckdb.mjs', hyparquet: './hyparquet.mjs', arrow: './arrow.mjs' };

async function answer(line) {
  const { verb, ...request } = JSON.parse(line);
  const [module, name] = verb.split('.');
  const verbs = await import(modules[module]);
  return verbs[name](request);
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  let reply;
  try {
    reply = { result: await answer(line) };
  } catch (error) {
    reply = { error: String(error?.message ?? error) };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
process.exit(0);
