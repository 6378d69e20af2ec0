/**
 * Text as TXT records hold it: bytes, one character each (U+0000 to U+00FF), so that lengths are lengths in DNS.
 */
export type TxtBytes = string;

/** Bytes of one character-string, at the most (RFC 1035, section 3.3). */
const stringBytesMax = 255;

const quotedStrings = /^\s*"(?:[^"\\]|\\[\s\S])*"(?:\s*"(?:[^"\\]|\\[\s\S])*")*\s*$/;
const quotedString = /"((?:[^"\\]|\\[\s\S])*)"/g;
const escapeSequence = /\\([0-3][0-7]{2}|[\s\S])/g;

/** Whether a value is made of quoted strings alone, as Route 53 and zone files have it. */
export function isQuotedTxtValue(value: string): boolean {
  return quotedStrings.test(value);
}

/**
 * What a TXT value says. Quoted strings are joined and their escapes read; anything else is plain text and means
 * itself.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#TXTFormat
 */
export function readTxtValue(value: string): TxtBytes {
  if (!isQuotedTxtValue(value)) return toTxtBytes(value);
  const strings = [...value.matchAll(quotedString)].map(([, text = '']) => text);
  // Each by itself: a string that ends in an escapeSequence does not go on in the next.
  return strings
    .map((text) => toTxtBytes(text).replace(escapeSequence, (_, code: string) => unescaped(code)))
    .join('');
}

function unescaped(code: string): string {
  return code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : code;
}

/** Plain text in UTF-8. */
export function toTxtBytes(text: string): TxtBytes {
  // One by one: as arguments of one call, the bytes of a long text would be more than the stack takes.
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

/** The one way in which Understudy writes a TXT value: quoted, in strings of 255 bytes, escaped where it must be. */
export function writeTxtValue(bytes: TxtBytes): string {
  const strings = bytes.match(new RegExp(`[\\s\\S]{1,${stringBytesMax}}`, 'g')) ?? [''];
  return strings.map((string) => `"${string.replace(/[^ !#-[\]-~]/g, escaped)}"`).join(' ');
}

function escaped(character: string): string {
  return character === '"' ? '\\"' : `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
