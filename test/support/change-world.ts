import { createWorld, type World } from './world.ts';

type Options = Parameters<typeof createWorld>[0];

/** A world whose first full sync is done and whose background work is driven by hand. */
export async function createSyncedWorld(options: Options): Promise<World> {
  const world = await createWorld({ hasBackground: true, hasWebhook: true, ...options });
  await world.sync();
  await world.approve();
  return world;
}
