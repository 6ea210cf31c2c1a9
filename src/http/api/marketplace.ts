import { z } from 'zod';
import { Session } from './session.ts';
import { Empty, Language } from './shared.ts';

/** The query of a signed call, without the question mark, as the page was opened with it. */
const SignedQuery = z.string().min(1).max(8_000);

/** An activation whose call was signed by the CRM: what its page shows. */
export const OpenedActivation = z
  .object({
    /** stands for the call from here on, for half an hour */
    ticket: z.string(),
    customerName: z.string(),
    /** the customer had activated us before: his connections go on with the new key */
    isRenewal: z.boolean(),
    /** has to be accepted; null: none is set */
    privacyUrl: z.string().nullable(),
    language: Language,
  })
  .meta({ id: 'OpenedActivation' });

/** Inside the CRM (M27): its signed calls are exchanged here; 404 where the installation is no Marketplace service. */
export const marketplaceRoutes = {
  'POST /api/marketplace/activations': {
    access: 'public',
    body: z.object({ query: SignedQuery }),
    response: OpenedActivation,
  },
  /** `apiKey`: the key that the CRM shows above the page. */
  'POST /api/marketplace/activations/confirm': {
    access: 'public',
    body: z.object({ ticket: z.string().min(1).max(12_000), apiKey: z.string().trim().min(1).max(200) }),
    response: Empty,
  },
  /** A service call for a session: `token` goes into the header `Authorization: Bearer`, and into no address. */
  'POST /api/marketplace/sessions': {
    access: 'public',
    body: z.object({ query: SignedQuery }),
    response: z.object({ token: z.string(), session: Session }),
  },
} as const;
