import { expect, test } from 'vitest';
import { isWithin, parseDomainName } from '../../../../localcloud/route53/domain-name.ts';

function textOf(given: string): string {
  const parsed = parseDomainName(given);
  return parsed.kind === 'name' ? parsed.name.text : parsed.message;
}

test('names are kept in lower case, with octal escapes and a trailing dot', () => {
  expect(textOf('DB.Example.com')).toBe('db.example.com.');
  expect(textOf('*.example.com.')).toBe('\\052.example.com.');
  expect(textOf('\\052.example.com')).toBe('\\052.example.com.');
  expect(textOf('\\101\\102c.net')).toBe('abc.net.');
  expect(textOf('ex\\344mple.com')).toBe('ex\\344mple.com.');
  expect(textOf('a\\056b.net')).toBe('a\\056b.net.');
  expect(textOf('128/26.0.0.127.in-addr.arpa')).toBe('128\\05726.0.0.127.in-addr.arpa.');
});

test('an escape counts as one character', () => {
  const label = '\\052'.repeat(63);

  expect(textOf(`${label}.net`)).toBe(`${label}.net.`);
  expect(textOf(`${label}x.net`)).toContain('DomainLabelTooLong');
});

test('characters that need an escape are refused without one', () => {
  expect(textOf('exämple.com')).toContain(
    "UnsupportedCharacter (Value contains unsupported characters) encountered with 'ä'",
  );
  expect(textOf('')).toContain('DomainNameEmpty');
  expect(textOf('.')).toContain('DomainNameEmpty');
  expect(textOf('a..b')).toContain('DomainLabelEmpty');
});

test('a name lies within a zone by whole labels', () => {
  const within = (name: string, zone: string): boolean => {
    const [parsedName, parsedZone] = [parseDomainName(name), parseDomainName(zone)];
    if (parsedName.kind === 'problem' || parsedZone.kind === 'problem') throw new Error('bad names');
    return isWithin(parsedName.name, parsedZone.name);
  };

  expect(within('db.example.com', 'example.com')).toBe(true);
  expect(within('example.com', 'example.com')).toBe(true);
  expect(within('notexample.com', 'example.com')).toBe(false);
  expect(within('com', 'example.com')).toBe(false);
});
