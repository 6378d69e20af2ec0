import { describe, expect, it } from 'vitest';
import type { Placeholder } from '../../../../shared/model/record-template.ts';
import { placeholdersOf, renderRecordValue } from '../../../../shared/model/record-template.ts';
import type { RecordType } from '../../../../shared/model/record-type.ts';

describe('the placeholders of a value', () => {
  it('are told in their order', () => {
    expect(placeholdersOf('{slot} {tag:Cost Center} {instanceid}')).toEqual([
      { kind: 'variable', name: 'slot' },
      { kind: 'tag', key: 'Cost Center' },
      { kind: 'unknown', text: '{instanceid}' },
    ]);
  });

  it.each(['{"a": 1}', '{}', '{tag:}', '{a b}', 'no braces'])('are not to be found in %s', (value) => {
    expect(placeholdersOf(value)).toEqual([]);
  });
});

describe('a value with its placeholders filled', () => {
  const texts: Readonly<Record<string, string>> = { slot: '3', privateIp: '10.0.0.5', say: 'say "hi" \\' };
  const textOf = (placeholder: Placeholder) => {
    if (placeholder.kind === 'unknown') return placeholder.text;
    return texts[placeholder.kind === 'tag' ? placeholder.key : placeholder.name] ?? '';
  };

  it.each<[type: RecordType, template: string, value: string]>([
    ['A', ' {privateIp} ', '10.0.0.5'],
    ['CNAME', 'DB-{slot}.Example.com.', 'db-3.example.com'],
    ['SRV', '0 05 5432 {slot}.Example.com.', '0 5 5432 3.example.com'],
    ['CNAME', '{tag:say}', 'say "hi" \\'],
    ['TXT', 'slot {slot}', '"slot 3"'],
    ['TXT', 'they {tag:say}', '"they say \\"hi\\" \\134"'],
    ['TXT', '"they" "{tag:say}" "end"', '"theysay \\"hi\\" \\134end"'],
    ['TXT', '"{tag:nothing}"', '""'],
    ['TXT', '"{other}"', '"{other}"'],
  ])('of type %s, written as %s, is %s', (type, template, value) => {
    expect(renderRecordValue(type, template, textOf)).toBe(value);
  });

  it('is text, even where what is filled in looks like quoted strings', () => {
    expect(renderRecordValue('TXT', '{role}', () => '"a" "b"')).toBe('"\\"a\\" \\"b\\""');
    expect(renderRecordValue('TXT', '"{role}"', () => '" "')).toBe('"\\" \\""');
  });
});
