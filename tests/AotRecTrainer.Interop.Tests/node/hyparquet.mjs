import { writeFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { toCell } from './cells.mjs';

/** Reads a file; its columns as the footer has them. */
export async function read({ path }) {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const rows = await parquetReadObjects({ file, metadata, compressors, utf8: false });
  return {
    columns: metadata.schema.slice(1).map(({ name, type, repetition_type }) => ({
      name,
      type: `${type} ${repetition_type}`,
      cells: rows.map(row => toCell(row[name])),
    })),
  };
}

/** Writes columns, each a schema element of the format's own words, an encoding and cells. Pages are of version 2. */
export function write({ path, codec, pageSize, rowGroupSize, columns }) {
  const schema = [{ name: 'root', num_children: columns.length }, ...columns.map(({ element }) => element)];
  const columnData = columns.map(({ element, encoding, cells }) => ({
    name: element.name,
    encoding,
    data: cells.map(cell => fromCell(cell, element)),
  }));
  const compressors = { GZIP: gzipSync, BROTLI: brotliCompressSync };
  writeFileSync(path, Buffer.from(parquetWriteBuffer({ columnData, schema, codec, compressors, pageSize, rowGroupSize })));
  return {};
}

function fromCell(cell, { type }) {
  if (cell === null) return null;
  if (type === 'INT64') return BigInt(cell);
  if (type === 'BOOLEAN') return cell === 'true';
  return type === 'BYTE_ARRAY' ? cell : Number(cell);
}
