import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toObservedRecord, toResourceRecordSet } from '../../shared/adapters/route53/observed-record.ts';
import { normalizeDnsName } from '../../shared/model/dns-name.ts';
import { isSameRecordSet } from '../../shared/model/record-set.ts';
import { renderRecordValue } from '../../shared/model/record-template.ts';
import type { RecordType } from '../../shared/model/record-type.ts';
import { recordTypes } from '../../shared/model/record-type.ts';
import { normalizeRecordValue } from '../../shared/model/record-value.ts';
import { readTxtValue, toTxtBytes, writeTxtValue } from '../../shared/model/txt-value.ts';
import { aRecord } from '../builders/observed.ts';

/** Characters that mean something in names and TXT, and some that do not. */
const tricky = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '"',
      '\\',
      ' ',
      '.',
      '\\052',
      '\\134',
      '\\056',
      '*',
      'a',
      'A',
      '0',
      '5',
      '2',
      ':',
      'ä',
      '😀',
    ),
    fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code)),
  ),
  maxLength: 40,
});
const text = fc.oneof(tricky, fc.string({ unit: 'binary', minLength: 200, maxLength: 600 }));
const arbitraryType = fc.constantFrom<RecordType>(...recordTypes);

/** As Route 53 or a person may quote the same text: cut anywhere, any character as an escape. */
const arbitraryQuoting = fc
  .tuple(text, fc.array(fc.constantFrom('plain', 'octal', 'cut'), { minLength: 1, maxLength: 20 }))
  .map(([plain, forms]) => {
    const characters = [...toTxtBytes(plain)].map((character, index) => {
      const form = forms[index % forms.length];
      const octal = `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
      // A lone byte outside ASCII would be read as a character of its own.
      if (form === 'octal' || character > '~') return octal;
      const quoted = character === '"' || character === '\\' ? `\\${character}` : character;
      return form === 'cut' ? `" "${quoted}` : quoted;
    });
    return { plain, quoted: `"${characters.join('')}"` };
  });

describe('values', () => {
  it('stay as they are once they are in the one spelling, so that equality is an equivalence', () => {
    fc.assert(
      fc.property(arbitraryType, text, (type, value) => {
        const once = normalizeRecordValue(type, value);

        expect(normalizeRecordValue(type, once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it('of TXT say the same in whatever way they are quoted', () => {
    fc.assert(
      fc.property(arbitraryQuoting, ({ plain, quoted }) => {
        expect(readTxtValue(quoted)).toBe(toTxtBytes(plain));
        expect(normalizeRecordValue('TXT', quoted)).toBe(writeTxtValue(toTxtBytes(plain)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('of TXT that say something else are not equal', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const written = [one, other].map((each) => writeTxtValue(toTxtBytes(each)));

        expect(written[0] === written[1]).toBe(Buffer.from(one).equals(Buffer.from(other)));
      }),
    );
  });

  it('of TXT are printable ASCII in strings of at most 255 bytes', () => {
    fc.assert(
      fc.property(text, (plain) => {
        const value = writeTxtValue(toTxtBytes(plain));

        expect(value).toMatch(/^"[ -~]*"$/);
        for (const [, string = ''] of value.matchAll(/"((?:[^"\\]|\\.)*)"/g)) {
          expect(string.replace(/\\(?:\d{3}|.)/g, '.').length).toBeLessThanOrEqual(255);
        }
      }),
    );
  });

  it('of TXT hold what a tag says letter by letter, whatever it is', () => {
    fc.assert(
      fc.property(
        text,
        fc.constantFrom('{tag:x}', '"{tag:x}"', '<{tag:x}>', '"<" "{tag:x}>"'),
        (tag, template) => {
          const rendered = renderRecordValue('TXT', template, () => tag);

          const expected = template.replaceAll(/"| /g, '').replace('{tag:x}', () => tag);
          expect(readTxtValue(rendered)).toBe(toTxtBytes(expected));
        },
      ),
    );
  });
});

describe('a record set', () => {
  const escaped = (name: string) =>
    `${name.replace(/[^a-z0-9_.-]/g, (each) => `\\${each.charCodeAt(0).toString(8).padStart(3, '0')}`)}.`;

  it('is the same when Route 53 gives it back with its names spelt out', () => {
    fc.assert(
      fc.property(
        arbitraryType,
        fc.array(text, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        (type, values, isWild) => {
          const name = normalizeDnsName(isWild ? '*.corp.internal' : 'db.corp.internal');
          const record = aRecord('', { name, type, values });
          const { Name = '', ...rest } = toResourceRecordSet(record);

          const observed = toObservedRecord(record.zoneId, { ...rest, Name: escaped(Name) });

          expect(observed.kind === 'known' && isSameRecordSet(observed.record, record)).toBe(true);
        },
      ),
    );
  });
});
