import type { Playing } from './chapters.ts';
import { firstReleases, fourEnvironments, nobodySkips, takenBack } from './chapters.ts';
import { programsDie } from './failures.ts';
import { type Evidence, proveIt, rollBackByHand } from './proof.ts';
import { type Shoppers, sendShoppers } from './shoppers.ts';
import { type Props, Stage } from './stage.ts';
import type { Teller } from './teller.ts';

export { createTeller, type Teller } from './teller.ts';
export type { Evidence } from './proof.ts';
export type { Outcome } from './shoppers.ts';
export type { Props } from './stage.ts';

/** Enough that 10 % of it are evidence within seconds; a real project has hours instead. */
const requestsPerSecond = 250;

/** The whole story. Throws at the first step that does not hold. */
export async function tellStory(props: Props, evidence: Evidence, teller: Teller): Promise<void> {
  await using stage = new Stage(props, teller);
  const playing: Playing = { stage, shoppers: {}, openShop: () => openShop(stage) };
  using _closing = {
    [Symbol.dispose]: () => Object.values(playing.shoppers).forEach((one) => one[Symbol.dispose]()),
  };
  await fourEnvironments(playing);
  await firstReleases(playing);
  await nobodySkips(playing);
  await takenBack(playing);
  await programsDie(playing);
  await rollBackByHand(playing);
  await proveIt(playing, evidence);
}

async function openShop(stage: Stage): Promise<Readonly<Record<string, Shoppers>>> {
  const urls = await stage.until('the addresses of prod', async () => {
    const { services } = await stage.environment('prod');
    const known = Object.fromEntries(Array.from(services).map((one) => [one.service, one.url]));
    return known['web'] && known['orders'] ? { web: known['web'], orders: known['orders'] } : null;
  });
  const { clock, counts = () => true } = stage.props;
  const send = (service: 'web' | 'orders', path: string): Shoppers =>
    sendShoppers(`${urls[service]}${path}`, requestsPerSecond, clock, (outcome) => counts(service, outcome));
  const shoppers = { web: send('web', '/version'), orders: send('orders', '/checkout') };
  await Promise.all([shoppers.web.afterAnswers(20), shoppers.orders.afterAnswers(20)]);
  return shoppers;
}
