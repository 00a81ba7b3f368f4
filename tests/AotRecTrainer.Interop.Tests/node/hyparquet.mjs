import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
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
