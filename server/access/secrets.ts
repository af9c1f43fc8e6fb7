/** Passwords, tokens and session names: made here, kept only as hashes. */
import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function sha256(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Argon2id with the library's defaults (19 MiB, 2 passes: the OWASP recommendation of 2023). */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

/** Takes as long for an unknown user (`undefined`) as for a wrong password, so that names cannot be guessed. */
export async function isPassword(password: string, argon2id: string | undefined): Promise<boolean> {
  const matches = await verify(argon2id ?? (await decoy()), password);
  return matches && argon2id !== undefined;
}

let decoyHash: Promise<string> | undefined;
function decoy(): Promise<string> {
  return (decoyHash ??= hashPassword(newToken()));
}
