import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dnsNameProblem, isInZone, normalizeDnsName } from '../../shared/model/dns-name.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A label as DNS has it: letters, digits, underscores, and hyphens inside. */
const arbitraryLabel = fc
  .tuple(
    fc.constantFrom(...letters, '_'),
    fc.string({ unit: fc.constantFrom(...letters, '-', '_'), maxLength: 20 }),
    fc.constantFrom(...letters),
  )
  .map((parts) => parts.join(''));

const arbitraryName = fc
  .tuple(fc.boolean(), fc.array(arbitraryLabel, { minLength: 1, maxLength: 5 }))
  .map(([isWildcard, labels]) => [...(isWildcard ? ['*'] : []), ...labels].join('.'));

/** The name in another spelling: some letters in capitals, some characters as octal escapes, a dot at the end. */
const arbitrarySpelling = arbitraryName.chain((name) =>
  fc
    .tuple(
      fc.array(fc.constantFrom('plain', 'plain', 'capital', 'escaped'), {
        minLength: name.length,
        maxLength: name.length,
      }),
      fc.boolean(),
    )
    .map(([forms, hasDot]) => ({
      name,
      written: [...name].map((each, index) => spelt(each, forms[index])).join('') + (hasDot ? '.' : ''),
    })),
);

function spelt(character: string, form: string | undefined): string {
  if (character === '.') return character;
  if (form === 'escaped') return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  return form === 'capital' ? character.toUpperCase() : character;
}

/** Text of ASCII in all its kinds, and some of what is beyond. */
const arbitraryText = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code)),
    fc.constantFrom('.', '-', '\\', '\\052', 'ä', 'İ', '\u2028', '\ud800', '😀'),
  ),
  maxLength: 30,
});

describe('names', () => {
  it('come back from any of Route 53’s spellings', () => {
    fc.assert(
      fc.property(arbitrarySpelling, ({ name, written }) => {
        expect(normalizeDnsName(written)).toBe(name);
      }),
    );
  });

  it('that are good are good in any spelling, and stay as they are when normalised again', () => {
    fc.assert(
      fc.property(arbitrarySpelling, ({ name, written }) => {
        expect(dnsNameProblem(written)).toBeUndefined();
        expect(normalizeDnsName(normalizeDnsName(written))).toBe(name);
      }),
    );
  });

  it('are in each zone that is made of their last labels, and in no other', () => {
    fc.assert(
      fc.property(arbitraryName, arbitraryName, (name, other) => {
        const labels = name.split('.');
        const zones = labels.map((_, index) => normalizeDnsName(labels.slice(index).join('.')));

        for (const zone of zones) expect(isInZone(normalizeDnsName(name), zone)).toBe(true);
        const zone = normalizeDnsName(other);
        expect(isInZone(normalizeDnsName(name), zone)).toBe(zones.includes(zone));
      }),
    );
  });

  it('of any text at all have a problem in words or none', () => {
    fc.assert(
      fc.property(arbitraryText, (text) => {
        const problem = dnsNameProblem(text);

        if (problem === undefined) expect(normalizeDnsName(text)).toMatch(/^[a-z0-9_.*-]{1,253}$/);
        else expect(problem).toMatch(/^(must|has)/);
      }),
      { numRuns: 500 },
    );
  });
});
