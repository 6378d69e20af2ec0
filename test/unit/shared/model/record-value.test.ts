import { describe, expect, it } from 'vitest';
import type { RecordType } from '../../../../shared/model/record-type.ts';
import { normalizeRecordValue, recordValueProblem } from '../../../../shared/model/record-value.ts';

describe('normalizeRecordValue', () => {
  it.each<[type: RecordType, written: string, expected: string]>([
    ['A', ' 192.0.2.1 ', '192.0.2.1'],
    ['AAAA', '2001:0DB8:0:0::0001', '2001:db8::1'],
    ['AAAA', '0:0:0:0:0:0:0:0', '::'],
    ['AAAA', '::ffff:192.0.2.1', '::ffff:c000:201'],
    ['AAAA', 'NOT AN ADDRESS', 'NOT AN ADDRESS'],
    ['CNAME', 'Two Names.', 'Two Names.'],
    ['CNAME', 'DB.Example.com.', 'db.example.com'],
    ['PTR', '\\052.example.com.', '*.example.com'],
    ['SRV', '00  05 5432 DB.Example.com.', '0 5 5432 db.example.com'],
    ['SRV', '0 0 0 .', '0 0 0 .'],
    ['SRV', ' 100 000 5000 db.example.com ', '100 0 5000 db.example.com'],
    ['AAAA', ' 2001:db8::1 ', '2001:db8::1'],
    ['CNAME', ' DB.example.com ', 'db.example.com'],
    ['PTR', ' DB.example.com ', 'db.example.com'],
    ['TXT', 'plain', '"plain"'],
    ['TXT', '"quoted"', '"quoted"'],
    ['TXT', ' "a"  "b"\t"c" ', '"abc"'],
    ['TXT', '"a""b"', '"ab"'],
    ['TXT', '""', '""'],
    ['TXT', '', '""'],
    ['TXT', 'Case Stays', '"Case Stays"'],
    ['TXT', 'say "hi"', '"say \\"hi\\""'],
    ['TXT', '"say \\"hi\\""', '"say \\"hi\\""'],
    ['TXT', '"say \\042hi\\042"', '"say \\"hi\\""'],
    ['TXT', 'C:\\dir', '"C:\\134dir"'],
    ['TXT', '"C:\\\\dir"', '"C:\\134dir"'],
    ['TXT', '"ex\\344mple.com"', '"ex\\344mple.com"'],
    ['TXT', 'exämple', '"ex\\303\\244mple"'],
    ['TXT', '"exämple"', '"ex\\303\\244mple"'],
    ['TXT', '"\\101\\052"', '"A*"'],
    ['TXT', '"a" b', '"\\"a\\" b"'],
    ['TXT', '"a\\ b"', '"a b"'],
    ['TXT', '"a" "b\\ c"', '"ab c"'],
    ['TXT', '"unfinished', '"\\"unfinished"'],
    ['TXT', '"tab\there"', '"tab\\011here"'],
  ])('brings the %s value %j to %j', (type, written, expected) => {
    expect(normalizeRecordValue(type, written)).toBe(expected);
  });

  it('cuts text into strings of 255 bytes, and reads them as one', () => {
    const long = 'x'.repeat(300);

    const quoted = normalizeRecordValue('TXT', long);

    expect(quoted).toBe(`"${'x'.repeat(255)}" "${'x'.repeat(45)}"`);
    expect(normalizeRecordValue('TXT', `"${'x'.repeat(200)}" "${'x'.repeat(100)}"`)).toBe(quoted);
  });
});

describe('recordValueProblem', () => {
  it.each<[type: RecordType, value: string]>([
    ['A', '192.0.2.1'],
    ['AAAA', '2001:db8::1'],
    ['CNAME', 'db.example.com.'],
    ['PTR', 'db.example.com'],
    ['SRV', '0 5 5432 db.example.com'],
    ['SRV', '0 0 0 .'],
    ['SRV', ' 65535 65535 65535 db.example.com '],
    ['A', ' 192.0.2.1 '],
    ['AAAA', ' 2001:db8::1 '],
    ['CNAME', ' db.example.com '],
    ['TXT', 'x'.repeat(3953)],
    ['TXT', 'anything "at" all \\'],
    ['TXT', ''],
  ])('finds nothing wrong with the %s value %j', (type, value) => {
    expect(recordValueProblem(type, value)).toBeUndefined();
  });

  it.each<[type: RecordType, value: string, problem: string]>([
    ['A', 'db.example.com', 'must be an IPv4 address such as 192.0.2.1'],
    ['A', '192.0.2.1, 192.0.2.2', 'must be an IPv4 address such as 192.0.2.1'],
    ['AAAA', '192.0.2.1', 'must be an IPv6 address such as 2001:db8::1'],
    ['CNAME', 'two names', 'must be a domain name: it has the label "two names"'],
    ['PTR', 'a..b', 'must be a domain name: it has the label ""'],
    ['SRV', 'db.example.com', 'must be priority, weight, port and name'],
    ['SRV', '0 5 65536 db.example.com', 'must be priority, weight, port and name'],
    ['SRV', '0 5 5432', 'must be priority, weight, port and name'],
    ['SRV', '-5 5 5432 a', 'must be priority, weight, port and name'],
    ['SRV', '0 1e3 5432 a', 'must be priority, weight, port and name'],
    ['SRV', '0 5 000443 a', 'must be priority, weight, port and name'],
    ['SRV', '0 5 5432 a b', 'must be priority, weight, port and name'],
    ['SRV', '0 5 5432 -x', 'must be a domain name: it has the label "-x"'],
  ])('names what is wrong with the %s value %j', (type, value, problem) => {
    expect(recordValueProblem(type, value)).toContain(problem);
  });

  it('counts the characters of a TXT value as they are written', () => {
    expect(recordValueProblem('TXT', 'ä'.repeat(501))).toBe(
      'must have at most 4000 characters once it is quoted; this has 4019',
    );
  });
});
