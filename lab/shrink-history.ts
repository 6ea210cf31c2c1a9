import type { History } from './history.ts';

/** Plays that a shrinking may cost: a minute or two. */
const MOST_PLAYS = 80;

/**
 * Takes away what a history does not need to go wrong: acts, deeds, members, a connection, switches, people.
 *
 * @param isStillWrong plays a history; true where the same rule is broken
 */
export async function shrinkHistory(
  history: History,
  isStillWrong: (smaller: History) => Promise<boolean>,
): Promise<History> {
  let smallest = history;
  let plays = 0;
  for (let hasShrunk = true; hasShrunk; ) {
    hasShrunk = false;
    for (const shrink of SHRINKS) {
      // What has become smaller has other places: start again behind what could not be taken away.
      for (let place = 0; place < shrink.places(smallest); ) {
        const smaller = shrink.without(smallest, place);
        if (!smaller || plays >= MOST_PLAYS) {
          place += 1;
          continue;
        }
        plays += 1;
        if (await isStillWrong(smaller)) {
          smallest = smaller;
          hasShrunk = true;
        } else place += 1;
      }
    }
  }
  return smallest;
}

type Shrink = {
  places(history: History): number;
  /** undefined: there is nothing to take away */
  without(history: History, place: number): History | undefined;
};

const SHRINKS: readonly Shrink[] = [
  {
    places: ({ acts }) => acts.length,
    without: (history, place) => ({ ...history, acts: history.acts.toSpliced(place, 1) }),
  },
  {
    places: ({ acts }) => acts.flat().length,
    without: withoutStep,
  },
  {
    places: ({ providers }) => (providers.length > 1 ? providers.length : 0),
    without: withoutProvider,
  },
  {
    places: ({ members }) => members.length,
    without: (history, place) => ({ ...history, members: history.members.toSpliced(place, 1) }),
  },
  ...(['onOffice', 'mailchimp', 'brevo'] as const).map(
    (system): Shrink => ({
      places: ({ switches }) => Object.keys(switches[system]).length,
      without: ({ switches, ...history }, place) => {
        const kept = Object.fromEntries(Object.entries(switches[system]).toSpliced(place, 1));
        return { ...history, switches: { ...switches, [system]: kept } };
      },
    }),
  ),
  {
    places: ({ settings }) => Object.keys(settings).length,
    without: ({ settings, ...history }, place) => ({
      ...history,
      settings: Object.fromEntries(Object.entries(settings).toSpliced(place, 1)),
    }),
  },
  {
    places: () => 1,
    without: ({ skewMs, ...history }) =>
      Object.values(skewMs).some((skew) => skew !== 0)
        ? { ...history, skewMs: { onoffice: 0, mailchimp: 0, brevo: 0 } }
        : undefined,
  },
  {
    places: ({ contacts }) => contacts.length,
    without: plainerContact,
  },
];

function withoutStep(history: History, place: number): History {
  let left = place;
  const acts = history.acts.map((act) => {
    const at = left;
    left -= act.length;
    return at >= 0 && at < act.length ? act.toSpliced(at, 1) : act;
  });
  return { ...history, acts };
}

function withoutProvider(history: History, place: number): History {
  const gone = history.providers[place];
  return {
    ...history,
    providers: history.providers.filter((provider) => provider !== gone),
    members: history.members.filter(({ provider }) => provider !== gone),
    acts: history.acts.map((act) => act.filter(({ deed }) => !('at' in deed) || deed.at !== gone)),
  };
}

/** Deeds name contacts by their place, so they stay; but they need nothing special. */
function plainerContact(history: History, place: number): History | undefined {
  const contact = history.contacts[place];
  if (!contact) return undefined;
  const { email, newsletter } = contact;
  const plain = { email, ...(newsletter === undefined || newsletter === '1' ? {} : { newsletter }) };
  if (Object.keys(plain).length === Object.keys(contact).length) return undefined;
  return { ...history, contacts: history.contacts.with(place, plain) };
}
