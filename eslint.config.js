import tseslint from 'typescript-eslint';

/** Restricts who may import what: DESIGN of the layers, in docs/ARCHITECTURE.md. */
const restricted = (files, ignores, patterns) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});
const deny = (group, message) => ({ group, message });

const processes = deny(['node:child_process'], 'zfs is spawned in packages/zfs/src/cli/run.ts alone');
const sockets = deny(['node:net', 'node:tls'], 'sockets belong in packages/protocol/src/transport-*.ts');
const wire = deny(['#wire', 'protobufjs', 'protobufjs/*', 'long'], 'protobuf belongs in packages/protocol/src/codec');
const commands = deny(['commander'], 'the command line belongs in cli.ts, main.ts and *-options.ts');
const testing = deny(['@zfsync/*/testing', '**/testing/**'], 'test doubles are for tests alone');
const sides = deny(['@zfsync/sender', '@zfsync/receiver'], 'sender and receiver never import each other');
const simulator = deny(['@zfsync/simulator'], 'only tests and the demo know the simulator');
const production = [processes, sockets, wire, commands, testing, sides, simulator];
const without = (...left) => production.filter((rule) => !left.includes(rule));

export default tseslint.config(
  { ignores: ['**/dist/**', '**/gen/**', '.tap/**', 'coverage/**'] },
  {
    files: ['packages/*/src/**/*.ts', 'test/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['packages/*/tsconfig.json', 'test/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    },
  },
  restricted(['packages/*/src/**/*.ts'], [], production),
  restricted(['packages/zfs/src/cli/run.ts'], [], without(processes)),
  restricted(['packages/protocol/src/transport-*.ts'], [], without(sockets)),
  // Hooks are the operator's own commands.
  restricted(['packages/program/src/shell-command.ts'], [], without(processes)),
  // A lock is a unix socket that ends with its process; it carries no byte of the protocol.
  restricted(['packages/program/src/lock.ts'], [], without(sockets)),
  restricted(['packages/protocol/src/codec.ts', 'packages/protocol/src/codec/**/*.ts'], [], without(wire)),
  restricted(['packages/protocol/src/session.ts'], [], [...production, deny(['node:*'], 'the session does no IO')]),
  restricted(
    ['packages/{sender,receiver}/src/{cli,main,*-options}.ts', 'packages/program/src/{program,state-flags}.ts'],
    [],
    without(commands),
  ),
  restricted(['packages/*/src/testing/**/*.ts'], [], without(testing)),
  {
    // Tables of cases are no long functions.
    files: ['test/**/*.ts', 'packages/*/src/testing/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // `t.test` gives a promise that tap itself awaits.
    files: ['test/**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
);
