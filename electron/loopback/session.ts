/** Keeps the secrets of one run: the cookie that all its browsers share, and tickets that each let in one browser. */
import { randomBytes, timingSafeEqual } from 'node:crypto';

export type Session = {
  /** The ticket that lets in the next browser: 256 bits, base64url. */
  readonly ticket: () => string;
  readonly isTicket: (value: string) => boolean;
  /** Spends the ticket and returns the cookie's value for the browser it let in. */
  readonly enter: () => string;
  readonly isSession: (value: string) => boolean;
};

const secretBytes = 32;
const newSecret = (): string => randomBytes(secretBytes).toString('base64url');

/** Takes the same time wherever the texts differ. */
function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}

export function createSession(): Session {
  const cookie = newSecret();
  let ticket = newSecret();
  return {
    ticket: () => ticket,
    isTicket: value => isSame(value, ticket),
    enter: () => {
      ticket = newSecret();
      return cookie;
    },
    isSession: value => isSame(value, cookie),
  };
}
