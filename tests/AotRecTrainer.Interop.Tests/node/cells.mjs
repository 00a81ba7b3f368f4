// Values as text that keeps every bit: JSON's numbers would lose 64-bit integers, NaN, infinities and the sign of zero.

export function toCell(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value !== 'object') return String(value);
  return Array.from(value, toCell);
}
