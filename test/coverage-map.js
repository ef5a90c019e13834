import { readdirSync } from 'node:fs';

/** Every hand-written source file counts, whatever test reaches it; generated code (`gen/`) does not. */
const sources = readdirSync('packages', { recursive: true, encoding: 'utf8' })
  .filter((path) => /^[^/]+\/src\/.*\.ts$/.test(path))
  .map((path) => `packages/${path}`);

// The form that tap's `coverage-map` wants.
export default () => sources;
