import type { CrmFacts } from '../../core/connection.ts';
import type { CrmAccess } from '../../core/crm.ts';
import { UserError } from '../../core/errors.ts';
import type { CrmCredentials, OutsideSystems } from '../../core/outside-systems.ts';

/** What the rules need to know of a CRM, from a check of its credentials. */
export function crmFacts(access: CrmAccess): CrmFacts {
  return {
    writableConsents: access.writableConsents,
    permitsCancellation: access.permitsCancellation,
    has: access.has,
    tags: access.tags,
  };
}

/**
 * Checks the credentials of the CRM's API user (M28) with as few calls as possible; nothing is written.
 *
 * @throws ProviderError with a code for people
 * @throws UserError `onoffice.no_write_right` when the CRM tells that the API user may not write
 */
export async function checkCrm(systems: OutsideSystems, credentials: CrmCredentials): Promise<CrmAccess> {
  const access = await systems.crm(credentials).reads.checkAccess();
  if (access.mayWrite === false) throw new UserError({ code: 'onoffice.no_write_right', status: 422 });
  return access;
}
