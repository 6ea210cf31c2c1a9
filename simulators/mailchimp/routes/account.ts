import { links, type Route } from '../call.ts';
import { isoTime } from '../world.ts';

/** The key check and the account. */
export const accountRoutes: readonly Route[] = [
  { method: 'GET', path: '/ping', serve: () => ({ health_status: "Everything's Chimpy!" }) },
  {
    method: 'GET',
    path: '/',
    serve: ({ account, world }) => {
      const { address1, address2, company, city, state, zip, country } = account.contact;
      const subscribers = world.store.listsOf(account).map((list) => list.members.count('subscribed'));
      return {
        account_id: account.id,
        login_id: account.id.slice(0, 8),
        account_name: account.name,
        email: account.email,
        first_name: '',
        last_name: '',
        username: account.email,
        avatar_url: '',
        role: 'owner',
        member_since: isoTime(account.createdAt),
        pricing_plan_type: account.pricingPlanType,
        first_payment: '',
        account_timezone: 'Europe/Berlin',
        account_industry: 'Real Estate',
        contact: { company, addr1: address1, addr2: address2, city, state, zip, country },
        pro_enabled: false,
        last_login: isoTime(account.createdAt),
        total_subscribers: subscribers.reduce((sum, count) => sum + count, 0),
        _links: links('/'),
      };
    },
  },
];
