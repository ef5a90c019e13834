import { ZfsError, type ZfsReason } from '../errors.ts';

/** A pattern on what zfs(8) writes on stderr, with white space collapsed, and where in OpenZFS the text is made. */
interface StderrPattern {
  readonly pattern: RegExp;
  readonly reason: ZfsReason;
  readonly source: string;
}

const DATASET_C = 'lib/libzfs/libzfs_dataset.c';
const SENDRECV_C = 'lib/libzfs/libzfs_sendrecv.c';
const UTIL_C = 'lib/libzfs/libzfs_util.c';
const UTIL_OS_C = 'lib/libzfs/os/linux/libzfs_util_os.c';
const MAIN_C = 'cmd/zfs/zfs_main.c';

/**
 * The one table from text to reason; the first match counts, so what is special comes before what is general. The texts
 * are those of OpenZFS 2.0 to 2.4 in the C locale. Each reason but `killed` is provoked on a real OpenZFS by the
 * conformance suite where it can be.
 */
export const STDERR_REASONS: readonly StderrPattern[] = [
  { pattern: /ZFS modules are not loaded/, reason: 'module-missing', source: UTIL_OS_C },
  { pattern: /ZFS modules cannot be auto-loaded/, reason: 'module-missing', source: UTIL_OS_C },
  { pattern: /\/dev\/zfs and \/proc\/self\/mounts are required/, reason: 'module-missing', source: UTIL_OS_C },
  {
    pattern: /Failed to load \S+ module/,
    reason: 'module-missing',
    source: 'lib/libzfs/os/freebsd/libzfs_compat.c',
  },
  { pattern: /Failed to initialize the libzfs library/, reason: 'module-missing', source: UTIL_OS_C },
  { pattern: /\b(zfs|sudo|doas|env): (command )?not found/, reason: 'command-missing', source: 'a wrapper script' },
  { pattern: /^sudo: /, reason: 'permission', source: 'a wrapper script' },

  { pattern: /contains partially-complete state from "zfs receive -s"/, reason: 'partial-receive', source: SENDRECV_C },
  { pattern: /Resuming recv on existing dataset without force/, reason: 'partial-receive', source: SENDRECV_C },
  { pattern: /does not have any resumable receive state to abort/, reason: 'partial-receive', source: MAIN_C },
  { pattern: /resume token is corrupt/, reason: 'resume-token-corrupt', source: SENDRECV_C },
  {
    pattern: /cannot resume send: .*(no longer the same snapshot|no longer exists|unable to access)/,
    reason: 'resume-source-gone',
    source: SENDRECV_C,
  },

  { pattern: /IV set guid (mismatch|missing)/, reason: 'ivset-mismatch', source: SENDRECV_C },
  { pattern: /requires -L \(--large-block\)/, reason: 'large-blocks-required', source: SENDRECV_C },
  { pattern: /raw receive on top of existing unencrypted/, reason: 'encryption-boundary', source: SENDRECV_C },
  { pattern: /-F cannot be used to destroy an encrypted/, reason: 'encryption-boundary', source: SENDRECV_C },
  { pattern: /encryption key does not match existing key/, reason: 'encryption-boundary', source: SENDRECV_C },
  { pattern: /failed to create encryption key/, reason: 'encryption-boundary', source: SENDRECV_C },
  { pattern: /embedded data stream feature with encrypted/, reason: 'encryption-boundary', source: SENDRECV_C },
  { pattern: /encryption property '[^']*' cannot be set/, reason: 'encryption-boundary', source: SENDRECV_C },
  { pattern: /encrypted child outside of its encryption root/, reason: 'encryption-boundary', source: DATASET_C },
  { pattern: /key must be loaded/i, reason: 'key-unavailable', source: `${SENDRECV_C}, ${DATASET_C}` },
  { pattern: /key (is )?not loaded/i, reason: 'key-unavailable', source: 'lib/libzfs/libzfs_crypto.c' },

  { pattern: /destination has snapshots/, reason: 'target-has-snapshots', source: SENDRECV_C },
  { pattern: /more recent snapshots or bookmarks exist/, reason: 'target-has-snapshots', source: MAIN_C },
  // EINVAL at the end of a resumed stream: the target has got a snapshot since it was begun, or stands elsewhere than the
  // stream goes on from (seen on 2.1.11; test/unit/simulator/transcripts/resume.txt).
  {
    pattern: /cannot receive resume stream: kernel modules must be upgraded/,
    reason: 'target-has-snapshots',
    source: SENDRECV_C,
  },
  { pattern: /has been modified since most recent snapshot/, reason: 'target-modified', source: SENDRECV_C },
  { pattern: /does not match incremental source/, reason: 'source-mismatch', source: SENDRECV_C },
  { pattern: /local origin for clone .* does not exist/, reason: 'source-mismatch', source: SENDRECV_C },
  { pattern: /specified origin fs \(.*\) does not exist/, reason: 'source-mismatch', source: SENDRECV_C },

  { pattern: /has dependent clones/, reason: 'has-clones', source: MAIN_C },
  { pattern: /snapshot is cloned/, reason: 'has-clones', source: DATASET_C },
  { pattern: /(filesystem|volume) has children/, reason: 'has-children', source: MAIN_C },

  { pattern: /quota exceeded/i, reason: 'quota', source: SENDRECV_C },
  { pattern: /out of space|No space left on device/i, reason: 'no-space', source: UTIL_C },

  { pattern: /incomplete stream|checksum mismatch/, reason: 'stream-incomplete', source: SENDRECV_C },
  { pattern: /failed to read from stream/, reason: 'stream-incomplete', source: SENDRECV_C },
  { pattern: /invalid (backup )?stream|invalid record type/, reason: 'stream-unreadable', source: SENDRECV_C },
  { pattern: /stream has unsupported feature/, reason: 'stream-unreadable', source: SENDRECV_C },
  { pattern: /must be (upgraded|updated)/, reason: 'stream-unreadable', source: SENDRECV_C },
  { pattern: /crypto parameters not compatible/, reason: 'stream-unreadable', source: SENDRECV_C },

  { pattern: /tag already exists on this dataset/, reason: 'snapshot-held', source: UTIL_C },
  { pattern: /unable to restore to destination/, reason: 'parent-missing', source: SENDRECV_C },
  { pattern: /parent does not exist/, reason: 'parent-missing', source: DATASET_C },
  { pattern: /parent ('[^']*' )?is not a filesystem/, reason: 'parent-missing', source: DATASET_C },
  { pattern: /must specify -F to overwrite/, reason: 'dataset-exists', source: SENDRECV_C },
  { pattern: /is a clone must destroy it/, reason: 'dataset-exists', source: SENDRECV_C },
  { pattern: /cannot overwrite with a ZVOL/, reason: 'dataset-exists', source: SENDRECV_C },
  { pattern: /(dataset|destination) already exists/, reason: 'dataset-exists', source: UTIL_C },
  { pattern: /bookmark exists|pool or dataset exists/, reason: 'dataset-exists', source: 'lib/libzfs/libzfs_util.c' },

  { pattern: /could not find any snapshots to destroy/, reason: 'snapshot-missing', source: MAIN_C },
  { pattern: /bookmark '[^']*' does not exist/, reason: 'snapshot-missing', source: MAIN_C },
  { pattern: /incremental source .* does not exist/, reason: 'snapshot-missing', source: SENDRECV_C },
  { pattern: /not an earlier snapshot from the same fs/, reason: 'snapshot-missing', source: SENDRECV_C },
  { pattern: /'[^'@#]*[@#][^']*': dataset does not exist/, reason: 'snapshot-missing', source: UTIL_C },
  { pattern: /no such tag on this dataset/, reason: 'snapshot-missing', source: UTIL_C },
  { pattern: /destination '[^']*' does not exist/, reason: 'dataset-missing', source: SENDRECV_C },
  { pattern: /dataset does not exist/, reason: 'dataset-missing', source: UTIL_C },
  { pattern: /no such pool( or dataset)?/, reason: 'dataset-missing', source: UTIL_C },

  { pattern: /(dataset|target) is busy/, reason: 'busy', source: UTIL_C },
  { pattern: /Device or resource busy|Device busy/, reason: 'busy', source: 'strerror(EBUSY)' },
  { pattern: /pool I\/O is currently suspended/, reason: 'busy', source: UTIL_C },
  { pattern: /permission denied|must be run as root/i, reason: 'permission', source: `${UTIL_C}, ${UTIL_OS_C}` },
  { pattern: /Operation not permitted/, reason: 'permission', source: 'strerror(EPERM)' },
  { pattern: /delegated administration is disabled/, reason: 'permission', source: UTIL_C },
  { pattern: /(pool|dataset) is read-only/, reason: 'permission', source: UTIL_C },
  { pattern: /name is too long|invalid name/, reason: 'name-invalid', source: DATASET_C },
  { pattern: /invalid character .* in name/, reason: 'name-invalid', source: DATASET_C },
  { pattern: /empty component|trailing slash in name/, reason: 'name-invalid', source: DATASET_C },
  { pattern: /(self|parent) reference, '\.\.?' is found/, reason: 'name-invalid', source: DATASET_C },
  { pattern: /name is reserved|reserved disk name/, reason: 'name-invalid', source: DATASET_C },
  { pattern: /cannot be a descendant of current dataset/, reason: 'name-invalid', source: DATASET_C },
  { pattern: /datasets must be within same pool/, reason: 'name-invalid', source: DATASET_C },
  { pattern: /not applicable to datasets of this type/, reason: 'type-wrong', source: DATASET_C },
  { pattern: /invalid property( value|: ?| '|$)/, reason: 'property-invalid', source: SENDRECV_C },
  { pattern: /: property '[^']*' does not apply to datasets of this type/, reason: 'property-invalid', source: UTIL_C },
  { pattern: /must be turned on to set encryption properties/, reason: 'property-invalid', source: UTIL_C },
  { pattern: /signal received/, reason: 'killed', source: UTIL_C },
];

/** The reason behind what zfs(8) wrote on stderr. */
export function reasonOfStderr(stderr: string): ZfsReason {
  const text = stderr.replaceAll(/\s+/g, ' ').trim();
  return STDERR_REASONS.find(({ pattern }) => pattern.test(text))?.reason ?? 'unknown';
}

/**
 * The first thing that zfs(8) said, as one line. libzfs breaks some sentences over two lines; its advice to force
 * (`must specify -F …`, `use '-r' to force …`) is left out, as following it destroys data.
 */
export function firstSentence(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^Warning: /.test(line));
  let sentence = lines[0] ?? '';
  for (const line of lines.slice(1)) {
    if (!/^[a-z]/.test(line) || /^(must|cannot|could|warning|use |usage|no )/.test(line)) break;
    sentence += ` ${line}`;
  }
  return sentence.length > SENTENCE_CHARACTERS_MAX ? `${sentence.slice(0, SENTENCE_CHARACTERS_MAX)}…` : sentence;
}

const SENTENCE_CHARACTERS_MAX = 500;
const SHELL_SIGNAL = 128;

export interface FailedCommand {
  readonly argv: readonly string[];
  /** What it was about, for the message: a dataset, `dataset@snapshot`, or '' */
  readonly subject: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stderrTail: string;
  /** Why we ended it ourselves: it was called off, or has shown no sign of life for so many milliseconds. */
  readonly ended: 'called-off' | { readonly stalledMs: number } | undefined;
  /** It could not be ended, and is no longer waited for. */
  readonly abandoned: boolean;
}

const ABANDONED = 'it cannot be ended; the pool may be suspended (zpool status)';

export function formatSilence(milliseconds: number): string {
  return milliseconds < 1000 ? `${String(milliseconds)} ms` : `${String(Math.round(milliseconds / 1000))} s`;
}

/** What somebody other than root can do about it, in brackets; '' where nothing is to be said. */
function advice(said: string, uid: number | undefined): string {
  if (/must be run as root/.test(said)) {
    return ` (user ${String(uid)} may not open /dev/zfs, which udev's 90-zfs.rules makes everybody's: ls -l /dev/zfs)`;
  }
  if (uid === 0 || !/: permission denied/.test(said)) return '';
  return ` (user ${String(uid)}: zfsync-send and zfsync-recv say what it lacks by their command permissions, with --check)`;
}

/**
 * The error for a zfs(8) process that ended with anything but 0.
 *
 * @param uid who we are
 */
export function zfsErrorOf(command: FailedCommand, uid: number | undefined = process.geteuid?.()): ZfsError {
  const { argv, exitCode, signal, stderrTail } = command;
  const verb = `zfs ${argv[1] ?? ''}`.trim();
  const about = command.subject === '' ? verb : `${verb} of ${command.subject}`;
  const options = { argv, exitCode, signal, stderrTail };
  if (command.ended === 'called-off') {
    const message = `${about} was called off${command.abandoned ? `; ${ABANDONED}` : ''}`;
    return new ZfsError(message, { ...options, reason: 'killed' });
  }
  if (command.ended) {
    const { stalledMs } = command.ended;
    const who = command.subject === '' ? verb : `${command.subject}: ${verb}`;
    const end = command.abandoned ? `; ${ABANDONED}` : ' and was ended';
    return new ZfsError(`${who} has shown no sign of life for ${formatSilence(stalledMs)}${end}`, {
      ...options,
      reason: 'stalled',
      context: { phase: argv[1] ?? '', stalledMs },
    });
  }
  if (signal !== null) return new ZfsError(`${about} was ended by ${signal}`, { ...options, reason: 'killed' });
  const said = firstSentence(stderrTail);
  const reason = reasonOfStderr(stderrTail);
  if (said === '') {
    // A shell says of what was ended by a signal: 128 and its number.
    if (exitCode !== null && exitCode > SHELL_SIGNAL) {
      const number = String(exitCode - SHELL_SIGNAL);
      return new ZfsError(`${about} was ended by signal ${number}`, { ...options, reason: 'killed' });
    }
    return new ZfsError(`${about} ended with exit code ${String(exitCode)} and said nothing`, { ...options, reason });
  }
  const message = said.includes(command.subject) ? said : `${command.subject}: ${said}`;
  return new ZfsError(message + advice(said, uid), { ...options, reason });
}

/** The error for a program that could not be started at all. */
export function spawnErrorOf(argv: readonly string[], cause: NodeJS.ErrnoException): ZfsError {
  const command = argv[0] ?? '';
  const options = { argv, exitCode: null, signal: null, stderrTail: '', cause };
  switch (cause.code) {
    case 'ENOENT':
      return new ZfsError(
        `cannot run ${command}: there is no such program; install OpenZFS, or name it with --zfs-command`,
        { ...options, reason: 'command-missing' },
      );
    case 'EACCES':
    case 'EPERM':
      return new ZfsError(`cannot run ${command}: it is not executable for this user`, {
        ...options,
        reason: 'permission',
      });
    case 'EAGAIN':
    case 'EMFILE':
    case 'ENFILE':
    case 'ENOMEM':
      return new ZfsError(`cannot run ${command}: the system is out of resources (${cause.code})`, {
        ...options,
        reason: 'busy',
      });
    default:
      return new ZfsError(`cannot run ${command}: ${cause.message}`, { ...options, reason: 'unknown' });
  }
}
