/** What to say of a setting of a config file that is not known where it stands. */

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The names that a part of a schema knows. */
export function propertiesOf(schema: JsonSchema | undefined): readonly string[] {
  return Object.keys(schema?.['properties'] ?? {});
}

/**
 * @param known here
 * @param schema of the whole file, as far as objects and lists of objects go
 */
export function unknownSetting(name: string, known: readonly string[], schema: JsonSchema): string {
  const what = 'there is no such setting here';
  const elsewhere = levelsOf(schema);
  const right = elsewhere.filter(({ names }) => names.includes(name)).map(({ level }) => level);
  if (right.length > 0) return `${what}: it goes ${right.join(' or ')}`;
  const meant = nearest(name, known);
  if (meant !== undefined) return `${what}: did you mean ${meant}?`;
  for (const { level, names } of elsewhere) {
    const there = nearest(name, names);
    if (there !== undefined) return `${what}: did you mean ${there}? It goes ${level}`;
  }
  return what;
}

function levelsOf(schema: JsonSchema): readonly { readonly level: string; readonly names: readonly string[] }[] {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const below = Object.entries(properties).flatMap(([name, part]) => {
    if (part['type'] === 'object') return [{ level: `under ${name}:`, names: propertiesOf(part) }];
    const items = propertiesOf(part['items'] as JsonSchema | undefined);
    return items.length === 0 ? [] : [{ level: `in one of the ${name}`, names: items }];
  });
  return [{ level: 'at the top of the file', names: Object.keys(properties) }, ...below];
}

/** As many letters may be wrong; of a short name fewer. */
const DISTANCE_MAX = 3;

function nearest(name: string, names: readonly string[]): string | undefined {
  const written = plain(name);
  const most = Math.min(DISTANCE_MAX, Math.floor(written.length / 3));
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const one of names) {
    const found = distance(written, one);
    if (found <= most && (best === undefined || found < best.distance)) best = { name: one, distance: found };
  }
  return best?.name;
}

/** With the hyphens of flags, in the place of other ways to put words together. */
function plain(name: string): string {
  return name
    .slice(0, 100)
    .replace(/^-+/, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .replaceAll(/[_ .]/g, '-')
    .toLowerCase();
}

/** Of Levenshtein. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
