// The same work as `data-prep shard`, by DuckDB: reads ratings.dat, sorts it by user and item, writes Snappy-compressed Parquet files of
// equally many rows. Prints the seconds of the work alone, without the start of this process and the loading of the library.
// usage: node shard.mjs PACKAGES INPUT OUTPUT SHARDS THREADS, where PACKAGES is the folder with node_modules
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [packages, input, output, shards, threads] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(join(packages, 'package.json'))('@duckdb/node-api');
mkdirSync(output);
const instance = await DuckDBInstance.create(':memory:', { threads });
const connections = await Promise.all(Array.from({ length: Number(threads) }, () => instance.connect()));

const start = performance.now();
await connections[0].run(`
  CREATE TABLE ratings AS
  SELECT * FROM read_csv('${input}', delim = '::', header = false, quote = '', escape = '', auto_detect = false,
    columns = { 'user': 'INTEGER', 'item': 'INTEGER', 'rating': 'FLOAT', 'timestamp': 'BIGINT' })
  ORDER BY "user", item`);
const reader = await connections[0].runAndReadAll('SELECT count(*) FROM ratings');
const rows = Number(reader.getRows()[0][0]);
let next = 0;
await Promise.all(connections.map(async (connection) => {
  while (next < shards) {
    const shard = next++;
    const [first, end] = [shard, shard + 1].map((bound) => Math.floor((rows * bound) / shards));
    await connection.run(`
      COPY (SELECT * FROM ratings WHERE rowid >= ${first} AND rowid < ${end})
      TO '${join(output, `shard-${shard}.parquet`)}' (FORMAT parquet, COMPRESSION snappy)`);
  }
}));
console.log((performance.now() - start) / 1000);
process.exit(0);
