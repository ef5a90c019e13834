/** node:crypto, loaded when it is first needed: most runs never hash anything, and loading costs milliseconds. */
export function createHash(algorithm: 'sha256') {
  return process.getBuiltinModule('node:crypto').createHash(algorithm);
}
