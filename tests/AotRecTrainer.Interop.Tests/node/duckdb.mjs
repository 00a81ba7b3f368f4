import { DuckDBInstance } from '@duckdb/node-api';
import { toCell } from './cells.mjs';

let connection;

async function connect() {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  return instance.connect();
}

/** Runs a statement; its result column by column. */
export async function query({ sql }) {
  connection ??= await connect();
  const reader = await connection.runAndReadAll(sql);
  const columns = reader.getColumns();
  return {
    columns: reader.columnNames().map((name, index) => ({
      name,
      type: String(reader.columnTypes()[index]),
      cells: (columns[index] ?? []).map(toCell),
    })),
  };
}
