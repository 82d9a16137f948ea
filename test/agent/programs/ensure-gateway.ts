/* v8 ignore file */
import { silentLog } from '../../../src/domain/log.ts';
import type { ServiceName } from '../../../src/domain/ids.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import { gatewayCommand } from '../../../src/main/own-programs.ts';
import { createGatewayKeeper } from '../../../src/providers/process/index.ts';
import { route, target } from '../../gateway/world.ts';

/** Sees to it once that a gateway runs: `FOLDER PORT ADDRESS`. */
const [dir = '', port = '', address = ''] = process.argv.slice(2);
const ensureGateway = createGatewayKeeper({
  dir,
  program: gatewayCommand,
  enterNetwork: () => [],
  environment: process.env,
  clock: systemClock,
});
const web = route({ service: 'web' as ServiceName, port: Number(port), stable: target('1', address) });
await ensureGateway([web], { signal: new AbortController().signal, log: silentLog });
