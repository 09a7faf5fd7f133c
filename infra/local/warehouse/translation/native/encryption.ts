import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import { HELD } from '../../sql/held-values.ts';

const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');

const upper = (bytes: Buffer): string => bytes.toString('hex').toUpperCase();

/** Only the usual method; the other modes are refused. */
const checked = (method: string): void => {
  if (!/^aes(?:-gcm)?$/i.test(method.trim())) throw new Error(`Unsupported feature 'encryption by ${method}'`);
};

const cipherOf = (key: Buffer): 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm' => {
  const bits = key.length * 8;
  if (bits !== 128 && bits !== 192 && bits !== 256)
    throw new Error(`Invalid key size: ${bits} bits; supported sizes are 128, 192 and 256 bits`);
  return `aes-${bits}-gcm`;
};

interface Sealed {
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

const seal = (value: Buffer, key: Buffer, iv: Buffer, aad: Buffer): Sealed => {
  const cipher = createCipheriv(cipherOf(key), key, iv).setAAD(aad);
  const ciphertext = Buffer.concat([cipher.update(value), cipher.final()]);
  return { iv, ciphertext, tag: cipher.getAuthTag() };
};

const FAILED = 'Decryption failed. Check encrypted data, key, AAD, or AEAD tag.';

const open = ({ iv, ciphertext, tag }: Sealed, key: Buffer, aad: Buffer): Buffer => {
  try {
    const decipher = createDecipheriv(cipherOf(key), key, iv).setAAD(aad).setAuthTag(tag);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch (error) {
    throw new Error(FAILED, { cause: error });
  }
};

/** ENCRYPT_RAW, all in hexadecimal digits: the document with ciphertext, iv and tag. Without an iv it takes a new one. */
export const encryptRaw = (value: string, key: string, iv: string, aad: string, method: string): string => {
  checked(method);
  const sealed = seal(hex(value), hex(key), iv === '' ? randomBytes(12) : hex(iv), hex(aad));
  const member = (name: keyof Sealed): string => `"${name}":"${HELD}${upper(sealed[name])}"`;
  return `{${member('ciphertext')},${member('iv')},${member('tag')}}`;
};

/** DECRYPT_RAW, all in hexadecimal digits. */
export const decryptRaw = (...[value, key, iv, aad, method, tag]: string[]): string => {
  checked(method!);
  return upper(open({ iv: hex(iv!), ciphertext: hex(value!), tag: hex(tag!) }, hex(key!), hex(aad!)));
};

const ROUNDS = 10_000;

const keyOf = (passphrase: string, salt: Buffer): Buffer => pbkdf2Sync(passphrase, salt, ROUNDS, 32, 'sha256');

/** ENCRYPT: salt, iv, tag and ciphertext, which only DECRYPT here reads. */
export const encrypt = (value: string, passphrase: string, aad: string, method: string): string => {
  checked(method);
  const salt = randomBytes(16);
  const { iv, ciphertext, tag } = seal(hex(value), keyOf(passphrase, salt), randomBytes(12), hex(aad));
  return upper(Buffer.concat([salt, iv, tag, ciphertext]));
};

/** DECRYPT of what ENCRYPT made. */
export const decrypt = (value: string, passphrase: string, aad: string, method: string): string => {
  checked(method);
  const bytes = hex(value);
  const [salt, iv, tag, ciphertext] = [
    bytes.subarray(0, 16),
    bytes.subarray(16, 28),
    bytes.subarray(28, 44),
    bytes.subarray(44),
  ];
  return upper(open({ iv, ciphertext, tag }, keyOf(passphrase, salt), hex(aad)));
};
