import { type Shoppers, sendShoppers } from '../../../src/story/shoppers.ts';
import type { Stage } from '../../../src/story/stage.ts';

export interface Customers extends Disposable {
  /** Resolves once so many answers of the shop came since now. */
  afterAnswers(count: number): Promise<void>;
}

/** Enough that 10 % of it are evidence within seconds. */
const requestsPerSecond = 120;

/** Real clients of both services in prod, once they serve there. */
export async function sendCustomers(stage: Stage): Promise<Customers> {
  const urls = await stage.until('the addresses of prod', async () => {
    const { services } = await stage.environment('prod');
    const known = Object.fromEntries(Array.from(services).map((one) => [one.service, one.url]));
    return known['web'] && known['orders'] ? { web: known['web'], orders: known['orders'] } : null;
  });
  const shoppers: readonly Shoppers[] = [
    sendShoppers(`${urls.web}/version`, requestsPerSecond, stage.props.clock),
    sendShoppers(`${urls.orders}/checkout`, requestsPerSecond, stage.props.clock),
  ];
  return {
    afterAnswers: async (count) => void (await Promise.all(shoppers.map((one) => one.afterAnswers(count)))),
    [Symbol.dispose]: () => shoppers.forEach((one) => one[Symbol.dispose]()),
  };
}
