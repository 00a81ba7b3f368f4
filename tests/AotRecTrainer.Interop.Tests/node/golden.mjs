// Writes the golden files of the columnar tests: node golden.mjs FOLDER. What is in them: the README beside them.
import { join } from 'node:path';
import * as duckdb from './duckdb.mjs';
import * as hyparquet from './hyparquet.mjs';

const folder = process.argv[2];
const rows = Array.from({ length: 300 }, (_, i) => i);
const third = (i, cell) => (i % 3 === 2 ? null : cell);

const columns = {
  n: { type: 'INT32', cell: i => String(((i * 7919) % 1000) - 500) },
  big: { type: 'INT64', optional: true, cell: i => third(i, String(BigInt(i) * 1000000007n)) },
  x: { type: 'FLOAT', cell: i => String(((i % 11) - 5) / 2) },
  y: { type: 'DOUBLE', optional: true, cell: i => third(i, String(i / 8)) },
  flag: { type: 'BOOLEAN', cell: i => String(i % 5 === 1) },
  name: { type: 'BYTE_ARRAY', converted_type: 'UTF8', optional: true, cell: i => third(i, `user ${Math.floor(i / 4)} é`) },
};

const encodings = {
  'plain-gzip': ['GZIP', { n: 'PLAIN', big: 'PLAIN', x: 'PLAIN', y: 'PLAIN', flag: 'PLAIN', name: 'PLAIN' }],
  'delta-brotli': ['BROTLI', { n: 'DELTA_BINARY_PACKED', big: 'DELTA_BINARY_PACKED', flag: 'RLE', name: 'DELTA_BYTE_ARRAY' }],
  'delta-length-snappy': ['SNAPPY', { name: 'DELTA_LENGTH_BYTE_ARRAY', flag: 'RLE' }],
  'split-uncompressed': ['UNCOMPRESSED', { n: 'BYTE_STREAM_SPLIT', big: 'BYTE_STREAM_SPLIT', x: 'BYTE_STREAM_SPLIT', y: 'BYTE_STREAM_SPLIT' }],
};

for (const [file, [codec, encoding]] of Object.entries(encodings)) {
  hyparquet.write({
    path: join(folder, `${file}.parquet`),
    codec,
    pageSize: 600,
    rowGroupSize: 200,
    columns: Object.entries(encoding).map(([name, encoding]) => {
      const { type, converted_type, optional, cell } = columns[name];
      const repetition_type = optional ? 'OPTIONAL' : 'REQUIRED';
      return { element: { name, type, converted_type, repetition_type }, encoding, cells: rows.map(cell) };
    }),
  });
}

for (const [codec, version] of [['zstd', 'V2'], ['lz4_raw', 'V1']]) {
  await duckdb.query({
    sql: `COPY (SELECT (i * 7919 % 1000 - 500)::INTEGER AS n, CASE WHEN i % 3 < 2 THEN i * 1000000007 END AS big,
      ((i % 11) - 5)::FLOAT / 2 AS x, CASE WHEN i % 3 < 2 THEN i / 8::DOUBLE END AS y, i % 5 = 1 AS flag,
      CASE WHEN i % 3 < 2 THEN 'user ' || (i // 4) || ' é' END AS name FROM range(300) t(i))
      TO '${join(folder, `duckdb-${codec}.parquet`)}' (FORMAT parquet, COMPRESSION ${codec}, PARQUET_VERSION ${version})`,
  });
}
process.exit(0);
