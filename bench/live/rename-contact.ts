import type { LivePerson, LiveSimulators } from './live-simulators.ts';

/** An agent gives the contact another last name. @returns the new one */
export function renameContact({ crm }: LiveSimulators, { contactId }: LivePerson): string {
  const lastName = `Neumann ${contactId}`;
  crm.agent.editContact(contactId, { Name: lastName });
  return lastName;
}
