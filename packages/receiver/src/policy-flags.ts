import type { PeerPolicy } from './peer-policy.ts';
import { KEEP_DEFAULTS, type KeepSettings, type MirrorPolicy } from './tidy-policy.ts';

/** A peer's policy as the flags of `zfsync-recv allow` that would settle it, for a shell; '' = nothing is. */
export function policyFlags({ onConflict, hold, appendOnly, properties, keep, mirror }: PeerPolicy): string {
  const words = [
    ...(onConflict === undefined ? [] : ['--on-conflict', onConflict]),
    ...toggle('hold', hold),
    ...toggle('append-only', appendOnly),
    ...(properties === undefined || properties.pass.length === 0
      ? []
      : ['--pass-properties', properties.pass.join(',')]),
    ...Object.entries(properties?.set ?? {}).flatMap(([name, value]) => ['--set-property', `${name}=${value}`]),
    ...(properties?.exclude ?? []).flatMap((name) => ['--exclude-property', name]),
    ...(keep === undefined ? [] : keep === false ? ['--no-keep'] : keepWords(keep)),
    ...(mirror === undefined ? [] : ['--mirror', mirrorWords(mirror)]),
  ];
  return words.map(quoted).join(' ');
}

function toggle(name: string, value: boolean | undefined): readonly string[] {
  return value === undefined ? [] : [value ? `--${name}` : `--no-${name}`];
}

function keepWords({ list, classes, names, template }: KeepSettings): readonly string[] {
  return [
    ...(list === '' ? [] : ['--keep', list]),
    ...Object.entries(classes).flatMap(([kind, count]) => [`--keep-${kind}`, String(count)]),
    ...names.flatMap((name) => ['--keep-names', name]),
    ...(template === KEEP_DEFAULTS.template ? [] : ['--snapshot-name', template]),
  ];
}

function mirrorWords({ snapshots, datasets, after }: MirrorPolicy): string {
  const words = [
    ...(snapshots ? ['snapshots'] : []),
    ...(datasets === 'keep' ? [] : [`datasets=${datasets}`]),
    ...(datasets === 'keep' || after === 0 ? [] : [`after=${time(after)}`]),
  ];
  return words.length === 0 ? 'none' : words.join(',');
}

function time(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400}d`;
  return seconds % 3600 === 0 ? `${seconds / 3600}h` : `${seconds}s`;
}

function quoted(word: string): string {
  return /^[\w%+,./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
