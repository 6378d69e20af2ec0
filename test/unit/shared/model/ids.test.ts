import { describe, expect, it } from 'vitest';
import {
  allocationIdSchema,
  associationIdSchema,
  attachmentIdSchema,
  hostedZoneIdSchema,
  instanceIdSchema,
  ipv4Schema,
  networkInterfaceIdSchema,
  roleNameSchema,
} from '../../../../shared/model/ids.ts';

describe('ids', () => {
  it.each([
    ['instance, old form', instanceIdSchema, 'i-1a2b3c4d'],
    ['instance', instanceIdSchema, 'i-0a1b2c3d4e5f60718'],
    ['allocation', allocationIdSchema, 'eipalloc-0a1b2c3d4e5f60718'],
    ['association', associationIdSchema, 'eipassoc-0a1b2c3d4e5f60718'],
    ['attachment', attachmentIdSchema, 'eni-attach-0a1b2c3d4e5f60718'],
    ['interface', networkInterfaceIdSchema, 'eni-0a1b2c3d4e5f60718'],
    ['hosted zone', hostedZoneIdSchema, 'Z0123456789ABCDEFGHIJ'],
    ['address', ipv4Schema, '203.0.113.25'],
    ['role', roleNameSchema, 'production-master-db'],
    ['role of one letter', roleNameSchema, 'a'],
    ['role of 63 letters', roleNameSchema, 'a'.repeat(63)],
  ])('of the kind %s are taken as they are', (_, schema, id) => {
    expect(schema.parse(id)).toBe(id);
  });

  it.each([
    ['instance in capitals', instanceIdSchema, 'i-0A1B2C3D4E5F60718'],
    ['instance of 16 digits', instanceIdSchema, 'i-0a1b2c3d4e5f6071'],
    ['instance with more behind', instanceIdSchema, 'i-1a2b3c4d\n'],
    ['allocation with an association’s prefix', allocationIdSchema, 'eipassoc-0a1b2c3d4e5f60718'],
    ['hosted zone with its path', hostedZoneIdSchema, '/hostedzone/Z0123456789ABC'],
    ['hosted zone of 33 letters', hostedZoneIdSchema, `Z${'A'.repeat(32)}`],
    ['address of four figures', ipv4Schema, '203.0.113.256'],
    ['address with leading zeros', ipv4Schema, '203.0.113.025'],
    ['role in capitals', roleNameSchema, 'DB'],
    ['role that ends with a hyphen', roleNameSchema, 'db-'],
    ['role that would be a wildcard', roleNameSchema, 'db*'],
    ['role of 64 letters', roleNameSchema, 'a'.repeat(64)],
    ['role without a name', roleNameSchema, ''],
  ])('such as %s are refused', (_, schema, id) => {
    expect(schema.safeParse(id).success).toBe(false);
  });

  it.each([
    [attachmentIdSchema, 'must be eni-attach- and 8 or 17 hexadecimal digits'],
    [hostedZoneIdSchema, 'must be Z and up to 31 capital letters or digits'],
    [roleNameSchema, 'must be 1 to 63 lower-case letters, digits or hyphens, with no hyphen at either end'],
  ])('are refused with what they are like', (schema, words) => {
    expect(schema.safeParse('-').error?.issues).toMatchObject([{ message: words }]);
  });
});
