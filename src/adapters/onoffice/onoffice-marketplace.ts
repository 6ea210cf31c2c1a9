import type { Clock } from '../../core/clock.ts';
import type { CrmUserFacts } from '../../core/crm-user.ts';
import type { ClaimedKeys, Marketplace } from '../../core/marketplace.ts';
import type { Secret } from '../../core/secret.ts';
import { demandDone } from './customer.ts';
import { errorMeaning } from './errors.ts';
import { FIELD } from './field-map.ts';
import type { ActionResult, OnOfficeClient } from './onoffice-client.ts';
import { readSignedCall } from './read-signed-call.ts';
import { cleanText, parseElements, parseIdList } from './schema.ts';

/** What connects an installation to the Marketplace as a provider. */
export type OnOfficeMarketplaceOptions = {
  /** the "Anbietersecret" that signs URLs; no customer's key */
  providerSecret: Secret;
  /** the address under which onOffice calls us, without a slash at its end */
  publicUrl: string;
  clock: Clock;
  /** opens the API of the customer whose keys these are; every call carries the claim */
  open: (keys: ClaimedKeys) => OnOfficeClient;
};

/** Makes the Marketplace port for one provider secret (fact sheet 5). */
export function createOnOfficeMarketplace(options: OnOfficeMarketplaceOptions): Marketplace {
  const { providerSecret, publicUrl, clock, open } = options;
  return {
    readCall: ({ path, query }) => readSignedCall(`${publicUrl}${path}`, query, providerSecret, clock.now()),

    async unlock(keys, cacheId) {
      const parameters = { parameterCacheId: cacheId };
      // A lost answer is not asked for again: what an activation left in the cache may be good for once only.
      const action = { verb: 'do', resourceType: 'unlockProvider', parameters } as const;
      const { results } = await open(keys).send([action], { isRepeatable: false });
      demandDone(results[0]);
    },

    async readUser(keys, userId) {
      const client = open(keys);
      const { results } = await client.send(
        [
          // For administrators alone; 0 asks for nothing but the count.
          { verb: 'read', resourceType: 'log', parameters: { module: 'address', listlimit: 0 } },
          { verb: 'read', resourceType: 'address', parameters: { data: [FIELD.consent], listlimit: 1 } },
          { verb: 'read', resourceType: 'user', resourceId: userId, parameters: { data: ['Vorname', 'Nachname'] } },
        ],
        { isRepeatable: true },
      );
      const [log, contacts, user] = results;
      const contactId = contacts?.outcome === 'done' ? contacts.records[0]?.id : undefined;
      return {
        name: nameOf(user),
        isAdministrator: mayReadLog(log),
        contactCount: contacts?.outcome === 'done' ? contacts.total : undefined,
        mayModify: contactId === undefined ? undefined : await readModifyRight(client, userId, contactId),
      };
    },
  };
}

function nameOf(user: ActionResult | undefined): string {
  const { Vorname, Nachname } = parseElements(user?.outcome === 'done' ? user.records[0]?.elements : undefined);
  return `${cleanText(Vorname)} ${cleanText(Nachname)}`.trim();
}

/** Undefined where the call itself is refused to Marketplace users (240), which says nothing of this one. */
function mayReadLog(log: ActionResult | undefined): CrmUserFacts['isAdministrator'] {
  if (log?.outcome === 'done') return true;
  if (!log) return undefined;
  const { code } = errorMeaning(log.number);
  return code === 'onoffice.no_read_right' || code === 'onoffice.no_write_right' ? false : undefined;
}

async function readModifyRight(
  client: OnOfficeClient,
  userId: string,
  contactId: string,
): Promise<CrmUserFacts['mayModify']> {
  if (!/^\d+$/.test(userId)) return undefined;
  const parameters = { action: 'modify', module: 'address', userid: Number(userId), recordIds: [contactId] };
  const { results } = await client.send([{ verb: 'get', resourceType: 'checkuserrecordsright', parameters }], {
    isRepeatable: true,
  });
  const [answer] = results;
  if (answer?.outcome !== 'done') return undefined;
  return answer.records.some(({ elements }) => parseIdList(elements).includes(contactId));
}
