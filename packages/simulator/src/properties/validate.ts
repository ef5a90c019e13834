/** Whether a property may be set to a value, and how the value is kept. */
import { parseSize } from './format.ts';
import type { ObjectKind, Property } from './table.ts';
import { appliesTo, findProperty, isUserProperty } from './table.ts';

const USER_NAME_MAX = 256;
const USER_VALUE_MAX = 8192;
const RECORD_BYTES = { least: 512, most: 1_048_576 };

export type Checked = { readonly name: string; readonly value: string } | { readonly problem: string };

/**
 * @param creating `create` or `receive -o` of a new dataset, where what may be set only once may be set
 * @returns the canonical name and value, or what is wrong in the words of zfs(8)
 */
export function checkProperty(name: string, value: string, kind: ObjectKind, creating: boolean): Checked {
  const property = findProperty(name);
  if (!property) return checkUserProperty(name, value);
  if (kind === 'snapshot') return { problem: 'this property can not be modified for snapshots' };
  if (!appliesTo(property, kind)) {
    return { problem: `'${property.name}' does not apply to datasets of this type` };
  }
  if (property.group === 'readonly' || (property.group === 'once' && !creating)) {
    return { problem: `'${property.name}' is readonly` };
  }
  return checkValue(property, value);
}

function checkUserProperty(name: string, value: string): Checked {
  if (!isUserProperty(name)) return { problem: `invalid property '${name}'` };
  if (Buffer.byteLength(name) >= USER_NAME_MAX) return { problem: `property name '${name}' is too long` };
  if (Buffer.byteLength(value) >= USER_VALUE_MAX) return { problem: `property value '${value}' is too long` };
  return { name, value };
}

function checkValue(property: Property, value: string): Checked {
  const { name, values } = property;
  switch (values.kind) {
    case 'index': {
      const text = values.text ?? values.words.join(' | ');
      return values.words.includes(value) ? { name, value } : { problem: `'${name}' must be one of '${text}'` };
    }
    case 'size':
      return checkSize(name, value, values.none);
    case 'count':
      if (value === 'none') return { name, value: '18446744073709551615' };
      return /^\d+$/.test(value) ? { name, value } : { problem: `bad numeric value '${value}'` };
    case 'text':
      return checkText(name, value);
  }
}

function checkSize(name: string, value: string, none: boolean): Checked {
  if (value === 'none') {
    return none ? { name, value: '0' } : { problem: `bad numeric value '${value}'` };
  }
  const bytes = parseSize(value);
  if (bytes === undefined) return { problem: `bad numeric value '${value}'` };
  if (name === 'recordsize' || (name === 'special_small_blocks' && bytes !== 0)) {
    const power = Math.log2(bytes);
    if (!Number.isInteger(power) || bytes < RECORD_BYTES.least || bytes > RECORD_BYTES.most) {
      const zero = name === 'recordsize' ? '' : 'zero or ';
      return { problem: `'${name}' must be ${zero}power of 2 from 512B to 1M` };
    }
  }
  if (name === 'volsize' && bytes === 0) return { problem: 'volume size cannot be zero' };
  return { name, value: String(bytes) };
}

function checkText(name: string, value: string): Checked {
  if (name === 'mountpoint' && value !== 'none' && value !== 'legacy' && !value.startsWith('/')) {
    return { problem: `'mountpoint' must be an absolute path, 'none', or 'legacy'` };
  }
  if (name === 'mountpoint' && value.length > 1) return { name, value: value.replace(/\/+$/, '') };
  if (name === 'keylocation' && value !== 'prompt' && value !== 'none' && !/^(file|https?):\/\//.test(value)) {
    return { problem: 'invalid keylocation' };
  }
  return { name, value };
}
