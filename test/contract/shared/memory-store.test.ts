import { MemoryStore } from '../../fakes/memory-store.ts';
import { Script } from '../../fakes/script.ts';
import { defineRoleStoreContract } from './role-store.contract.ts';

defineRoleStoreContract('in memory', async (roles) => {
  const store = new MemoryStore(new Script());
  for (const role of roles) store.define(role);
  return store;
});
