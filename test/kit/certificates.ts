/** Certificates as people have them: made by oneself, signed by an authority, expired, for another use. */
import { X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

export interface TestIdentity {
  readonly certificate: string;
  readonly key: string;
  readonly fingerprint: string;
}

type Extensions = NonNullable<NonNullable<Parameters<typeof generate>[1]>['extensions']>;
export type AlternativeName = Extract<Extensions[number], { name: 'subjectAltName' }>['altNames'][number];

export interface MakeOptions {
  readonly ca?: TestIdentity;
  readonly isCa?: boolean;
  readonly alternativeNames?: AlternativeName[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly use?: 'client' | 'server';
}

export const dns = (value: string): AlternativeName => ({ type: 2, value });

export async function makeIdentity(commonName: string, options: MakeOptions = {}): Promise<TestIdentity> {
  const { ca, isCa = false, alternativeNames, notBefore, notAfter, use } = options;
  const made = await generate([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ...(notBefore !== undefined && { notBeforeDate: notBefore }),
    ...(notAfter !== undefined && { notAfterDate: notAfter }),
    ...(ca !== undefined && { ca: { key: ca.key, cert: ca.certificate } }),
    extensions: [
      { name: 'basicConstraints', cA: isCa, critical: true },
      ...(isCa ? [{ name: 'keyUsage', keyCertSign: true, cRLSign: true } as const] : []),
      ...(alternativeNames !== undefined ? [{ name: 'subjectAltName', altNames: alternativeNames } as const] : []),
      ...(use !== undefined
        ? [{ name: 'extKeyUsage', serverAuth: use === 'server', clientAuth: use === 'client' } as const]
        : []),
    ],
  });
  const fingerprint = new X509Certificate(made.cert).fingerprint256.replaceAll(':', '').toLowerCase();
  return { certificate: made.cert, key: made.private, fingerprint };
}
