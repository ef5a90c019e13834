import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { ConfigError } from '@zfsync/zfs';
import type { Identity } from './model.ts';
import {
  ensurePrivateDirectory,
  exists,
  makePrivateDirectory,
  readKeyFile,
  readPrivateFile,
  readPublicFile,
  reasonOf,
} from './private-files.ts';

/** RFC 5280, 4.1.2.5: the date of a certificate that has no end. Who is known by a pinned certificate has no use for one. */
const NO_END = new Date('9999-12-31T23:59:59Z');

/** `ub-common-name` of RFC 5280. */
const COMMON_NAME_BYTES_MAX = 64;

/**
 * The identity in `identity/` of this state directory; made on first use. Of two processes that make one at the same
 * time both get the same.
 *
 * @param commonName for people who look at the certificate: the name of the host
 * @throws {ConfigError} when it is damaged, not whole, or not this user's alone. @throws {ReplicationError} when the files
 * cannot be read or written.
 */
export async function loadIdentity(stateDirectory: string, commonName: string): Promise<Identity> {
  const directory = join(stateDirectory, 'identity');
  if (!exists(directory)) makePrivateDirectory(directory, 'the identity', await generate(commonName));
  ensurePrivateDirectory(directory, 'the identity');
  const [certificateFile, keyFile] = [join(directory, 'certificate.pem'), join(directory, 'key.pem')];
  const certificate = readPublicFile(certificateFile, 'the certificate');
  const key = readPrivateFile(keyFile, 'the key');
  if (certificate === undefined || key === undefined) {
    const missing = key === undefined ? keyFile : certificateFile;
    throw new ConfigError(
      `${missing} is missing: bring it back, or remove ${directory} and pair anew, as nobody will know this host then`,
    );
  }
  return identityOf({ certificate, certificateFile, key, keyFile });
}

async function generate(commonName: string): Promise<{ 'key.pem': string; 'certificate.pem': string }> {
  // Loaded when it is needed: it takes longer than all the rest of a program's start.
  const selfsigned = await import('selfsigned');
  const value = commonName.replaceAll(/[^A-Za-z0-9._-]/g, '-').slice(0, COMMON_NAME_BYTES_MAX) || 'zfsync';
  const made = await selfsigned.generate([{ name: 'commonName', value }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notAfterDate: NO_END,
  });
  return { 'key.pem': made.private, 'certificate.pem': `${made.cert.trimEnd()}\n` };
}

/**
 * `--cert` and `--key`. The certificate may be followed by those of the authorities between it and the root.
 *
 * @throws {ConfigError} when one is missing, is no PEM, is encrypted, when others may read the key, or when the two do not
 * belong together. @throws {ReplicationError} STATE_UNREADABLE.
 */
export function readIdentity(certificateFile: string, keyFile: string): Identity {
  const certificate = readPublicFile(certificateFile, 'the certificate');
  if (certificate === undefined) throw new ConfigError(`the certificate ${certificateFile} is missing`);
  const key = readKeyFile(keyFile, 'the key');
  if (key === undefined) throw new ConfigError(`the key ${keyFile} is missing`);
  return identityOf({ certificate, certificateFile, key, keyFile });
}

interface Pems {
  readonly certificate: string;
  readonly certificateFile: string;
  readonly key: string;
  readonly keyFile: string;
}

function identityOf({ certificate, certificateFile, key, keyFile }: Pems): Identity {
  const parsed = parseCertificate(certificate, certificateFile);
  if (!parsed.checkPrivateKey(parseKey(key, keyFile))) {
    throw new ConfigError(`the key ${keyFile} is not the one of the certificate ${certificateFile}`);
  }
  return { certificate, key, fingerprint: fingerprintOf(parsed) };
}

/** `--ca`: certificates of authorities, PEM. @throws {ConfigError} when there is none in the file. */
export function readAuthorities(file: string): string {
  const pem = readPublicFile(file, 'the certificates of --ca');
  if (pem === undefined) throw new ConfigError(`--ca ${file} is missing`);
  parseCertificate(pem, file);
  return pem;
}

/** SHA-256 of its DER, 64 lower-case hexadecimal digits. */
export function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase();
}

function parseCertificate(pem: string, file: string): X509Certificate {
  if (!pem.includes('-----BEGIN ')) throw new ConfigError(`${file} is no certificate in PEM format`);
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new ConfigError(`${file} holds no certificate that can be read: ${reasonOf(error)}`);
  }
}

function parseKey(pem: string, file: string): KeyObject {
  if (!pem.includes('-----BEGIN ')) throw new ConfigError(`${file} is no key in PEM format`);
  // `Proc-Type: 4,ENCRYPTED` is in those of old.
  if (/^-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(pem)) {
    throw new ConfigError(
      `the key ${file} is encrypted, and nobody is there to type its passphrase: openssl pkey -in ${file} -out FILE ` +
        'makes one that is not',
    );
  }
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new ConfigError(`${file} holds no private key that can be read: ${reasonOf(error)}`);
  }
}
