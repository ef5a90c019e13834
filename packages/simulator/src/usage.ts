/** The usage texts of OpenZFS 2.1.11, word for word, and those of the commands that only the simulator has. */
import { PROPERTIES } from './properties/table.ts';

const ZFS: Readonly<Record<string, string>> = {
  version: `
	version`,
  create: `
	create [-Pnpuv] [-o property=value] ... <filesystem>
	create [-Pnpsv] [-b blocksize] [-o property=value] ... -V <size> <volume>`,
  destroy: `
	destroy [-fnpRrv] <filesystem|volume>
	destroy [-dnpRrv] <filesystem|volume>@<snap>[%<snap>][,...]
	destroy <filesystem|volume>#<bookmark>`,
  snapshot: `
	snapshot [-r] [-o property=value] ... <filesystem|volume>@<snap> ...`,
  rollback: `
	rollback [-rRf] <snapshot>`,
  clone: `
	clone [-p] [-o property=value] ... <snapshot> <filesystem|volume>`,
  promote: `
	promote <clone-filesystem>`,
  rename: `
	rename [-f] <filesystem|volume|snapshot> <filesystem|volume|snapshot>
	rename -p [-f] <filesystem|volume> <filesystem|volume>
	rename -u [-f] <filesystem> <filesystem>
	rename -r <snapshot> <snapshot>`,
  bookmark: `
	bookmark <snapshot|bookmark> <newbookmark>`,
  list: `
	list [-Hp] [-r|-d max] [-o property[,...]] [-s property]...
	    [-S property]... [-t type[,...]] [filesystem|volume|snapshot] ...`,
  set: `
	set <property=value> ... <filesystem|volume|snapshot> ...`,
  get: `
	get [-rHp] [-d max] [-o "all" | field[,...]]
	    [-t type[,...]] [-s source[,...]]
	    <"all" | property[,...]> [filesystem|volume|snapshot|bookmark] ...`,
  inherit: `
	inherit [-rS] <property> <filesystem|volume|snapshot> ...`,
  mount: `
	mount
	mount [-flvO] [-o opts] <-a | filesystem>`,
  unmount: `
	unmount [-fu] <-a | filesystem|mountpoint>`,
  send: `
	send [-DnPpRVvLecwhb] [-[i|I] snapshot] <snapshot>
	send [-DnVvPLecw] [-i snapshot|bookmark] <filesystem|volume|snapshot>
	send [-DnPpVvLec] [-i bookmark|snapshot] --redact <bookmark> <snapshot>
	send [-nVvPe] -t <receive_resume_token>
	send [-PnVv] --saved filesystem`,
  receive: `
	receive [-vMnsFhu] [-o <property>=<value>] ... [-x <property>] ...
	    <filesystem|volume|snapshot>
	receive [-vMnsFhu] [-o <property>=<value>] ... [-x <property>] ... 
	    [-d | -e] <filesystem>
	receive -A <filesystem|volume>`,
  hold: `
	hold [-r] <tag> <snapshot> ...`,
  holds: `
	holds [-rH] <snapshot> ...`,
  release: `
	release [-r] <tag> <snapshot> ...`,
  allow: `
	allow <filesystem|volume>`,
  'load-key': `
	load-key [-rn] [-L <keylocation>] <-a | filesystem|volume>`,
  'unload-key': `
	unload-key [-r] <-a | filesystem|volume>`,
  'change-key': `
	change-key [-l] [-o keyformat=<value>]
	    [-o keylocation=<value>] [-o pbkdf2iters=<value>]
	    <filesystem|volume>
	change-key -i [-l] <filesystem|volume>`,
  'sim-put': `
	sim-put <filesystem> <path>
	sim-put <volume> <offset>`,
  'sim-mkdir': `
	sim-mkdir <filesystem> <path>`,
  'sim-rm': `
	sim-rm <filesystem> <path>`,
  'sim-digest': `
	sim-digest <snapshot>`,
};

const ZPOOL: Readonly<Record<string, string>> = {
  create: `
	create [-fnd] [-o property=value] ... 
	    [-O file-system-property=value] ... 
	    [-m mountpoint] [-R root] <pool> <vdev> ...`,
  destroy: `
	destroy [-f] <pool>`,
  list: `
	list [-gHLpPv] [-o property[,...]] [-T d|u] [pool] ... 
	    [interval [count]]`,
  get: `
	get [-Hp] [-o "all" | field[,...]] <"all" | property[,...]> <pool> ...`,
  status: `
	status [-c [script1,script2,...]] [-igLpPstvxD]  [-T d|u] [pool] ... 
	    [interval [count]]`,
  import: `
	import [-d dir] [-D]
	import [-o mntopts] [-o property=value] ... 
	    [-d dir | -c cachefile] [-D] [-l] [-f] [-m] [-N] [-R root] [-F [-n]] -a
	import [-o mntopts] [-o property=value] ... 
	    [-d dir | -c cachefile] [-D] [-l] [-f] [-m] [-N] [-R root] [-F [-n]]
	    [--rewind-to-checkpoint] <pool | id> [newpool]`,
  export: `
	export [-af] <pool> ...`,
};

const ALIASES: Readonly<Record<string, string>> = { snap: 'snapshot', recv: 'receive', umount: 'unmount' };

export function usageOf(program: 'zfs' | 'zpool', verb: string): string {
  const text = (program === 'zfs' ? ZFS : ZPOOL)[ALIASES[verb] ?? verb] ?? '';
  if (program === 'zpool') return `usage:${text}\n`;
  const listed = ['set', 'get', 'inherit', 'list'].includes(verb) ? propertyTable() : MORE;
  return `usage:${text}\n${listed}`;
}

export function overview(program: 'zfs' | 'zpool'): string {
  const texts = Object.values(program === 'zfs' ? ZFS : ZPOOL).join('\n');
  const end = program === 'zfs' ? `\nEach dataset is of the form: pool/[dataset/]*dataset[@name]\n${MORE}` : '';
  return `usage: ${program} command args ...\nwhere 'command' is one of the following:\n${texts}\n${end}`;
}

const MORE = `
For the property list, run: zfs set|get

For the delegated permission list, run: zfs allow|unallow
`;

function propertyTable(): string {
  const lines = PROPERTIES.map(({ name, group, values }) => {
    const edit = group === 'readonly' || group === 'once' ? 'NO' : 'YES';
    const inherit = group === 'inherit' ? 'YES' : 'NO';
    const text = values.kind === 'index' ? (values.text ?? values.words.join(' | ')) : `<${values.kind}>`;
    return `\t${name.padEnd(15)} ${edit.padStart(3)}      ${inherit.padStart(3)}   ${text}`;
  });
  return `
The following properties are supported:

\tPROPERTY       EDIT  INHERIT   VALUES

${lines.join('\n')}
`;
}
