import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseRolesFile } from '../../../cli/roles-file/roles-file.ts';
import { addressKinds } from '../../../shared/model/address-spec.ts';
import { allowSpecSchema, electionSpecSchema } from '../../../shared/model/election-spec.ts';
import { recordSpecSchema, recordValueTypes, templateVariables } from '../../../shared/model/record-spec.ts';
import { recordTypes } from '../../../shared/model/record-type.ts';
import { roleSpecSchema } from '../../../shared/model/role-spec.ts';

const guide = await readFile(new URL('../../../docs/roles.md', import.meta.url), 'utf8');
const files = [...guide.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text);

describe('the guide to roles', () => {
  it.each(files.map((text) => [text.split('\n').slice(1, 5).join(' '), text]))(
    'shows a file that may be applied: %s',
    (_, text) => {
      const parsed = parseRolesFile(text);

      expect(parsed.kind === 'invalid' ? parsed.problems : []).toEqual([]);
    },
  );

  it.each([
    ['kind of address', addressKinds],
    ['value of a record', Object.keys(recordValueTypes)],
    ['condition of allow', Object.keys(allowSpecSchema.unwrap().shape)],
    ['option of the election', Object.keys(electionSpecSchema.unwrap().shape)],
    ['placeholder', templateVariables.map((name) => `{${name}}`)],
  ])('explains every %s', (_, words) => {
    const missing = words.filter((word) => !guide.includes(`\`${word}\``));

    expect(missing).toEqual([]);
  });

  it('mentions every field of a role and of a record, and every type', () => {
    const fields = [
      ...Object.keys(roleSpecSchema.unwrap().shape),
      ...Object.keys(recordSpecSchema.unwrap().shape),
      ...recordTypes,
    ];

    expect(fields.filter((field) => !guide.includes(field))).toEqual([]);
  });
});
