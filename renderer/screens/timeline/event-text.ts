/** Makes readable text of the bytes of a log event. */

export type EventText = {
  readonly text: string;
  /** Whether bytes that are not UTF-8 were replaced to show it. */
  readonly hasInvalidBytes: boolean;
  readonly byteCount: number;
};

function bytesOf(base64: string): Uint8Array {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

function strictText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The text of an event as `event.read` gives it; what is no UTF-8 becomes U+FFFD. */
export function eventText(base64: string): EventText {
  const bytes = bytesOf(base64);
  const strict = strictText(bytes);
  return {
    text: strict ?? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
    hasInvalidBytes: strict === null, byteCount: bytes.length,
  };
}
