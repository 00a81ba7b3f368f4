import { readFileSync, writeFileSync } from 'node:fs';
import * as arrow from 'apache-arrow';
import { toCell } from './cells.mjs';

const types = {
  Int8: () => new arrow.Int8(),
  Int16: () => new arrow.Int16(),
  Int32: () => new arrow.Int32(),
  Int64: () => new arrow.Int64(),
  Float: () => new arrow.Float32(),
  Double: () => new arrow.Float64(),
  Boolean: () => new arrow.Bool(),
  Utf8: () => new arrow.Utf8(),
};

/** Reads a stream or a file; its columns and notes. */
export function read({ path }) {
  const table = arrow.tableFromIPC(readFileSync(path));
  return {
    metadata: Object.fromEntries(table.schema.metadata),
    batches: table.batches.length,
    columns: table.schema.fields.map((field, index) => ({
      name: field.name,
      type: `${field.type}${field.nullable ? '?' : ''}`,
      cells: Array.from(table.getChildAt(index) ?? [], toCell),
    })),
  };
}

/** Writes batches of columns of cells as a stream ("stream") or a file ("file"). */
export function write({ path, format, metadata, batches }) {
  const fields = batches[0].map(({ name, type, nullable }) => new arrow.Field(name, parseType(type), nullable));
  const schema = new arrow.Schema(fields, new Map(Object.entries(metadata)));
  const written = batches.map(columns => {
    const children = columns.map(({ cells }, index) => {
      const type = fields[index].type;
      return arrow.vectorFromArray(cells.map(cell => fromCell(cell, type)), type).data[0];
    });
    const length = columns[0].cells.length;
    const data = arrow.makeData({ type: new arrow.Struct(fields), length, nullCount: 0, children });
    return new arrow.RecordBatch(schema, data);
  });
  writeFileSync(path, arrow.tableToIPC(new arrow.Table(schema, written), format));
  return {};
}

/** Writes batches of texts with one dictionary, which the writer sends in parts as it grows. */
export function writeDictionaries({ path, format, batches }) {
  const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32());
  const builder = arrow.makeBuilder({ type, nullValues: [null] });
  const vectors = batches.map(texts => {
    for (const text of texts) builder.append(text);
    return builder.flush();
  });
  const field = new arrow.Field('genre', type, true);
  const schema = new arrow.Schema([field]);
  const written = vectors.map(data => {
    const parent = arrow.makeData({ type: new arrow.Struct([field]), length: data.length, nullCount: 0, children: [data] });
    return new arrow.RecordBatch(schema, parent);
  });
  writeFileSync(path, arrow.tableToIPC(new arrow.Table(schema, written), format));
  return {};
}

function parseType(text) {
  const list = /^FixedSizeList\((\w+), (\d+)\)$/.exec(text);
  return list === null
    ? types[text]()
    : new arrow.FixedSizeList(Number(list[2]), new arrow.Field('item', types[list[1]](), false));
}

function fromCell(cell, type) {
  if (cell === null) return null;
  if (arrow.DataType.isFixedSizeList(type)) return cell.map(element => fromCell(element, type.children[0].type));
  if (arrow.DataType.isBool(type)) return cell === 'true';
  if (arrow.DataType.isUtf8(type)) return cell;
  return arrow.DataType.isInt(type) && type.bitWidth === 64 ? BigInt(cell) : Number(cell);
}
