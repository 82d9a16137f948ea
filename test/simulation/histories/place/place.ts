import type { EnvironmentId } from '../../../../src/domain/ids.ts';
import { createMemoryDisk, type MemoryDisk } from '../../../../src/disk/memory-disk.ts';
import { keyOf } from '../machine/key.ts';
import type { KeyPair } from '../../../../src/domain/keys.ts';
import type { AgentIdentity } from '../../../../src/protocol/messages.ts';
import { keysInForce } from '../../../../src/engine/records.ts';
import { Host } from '../machine/host.ts';
import type { Scope } from '../machine/scope.ts';
import type { Program } from '../program.ts';
import type { World } from '../world.ts';
import { startAgent } from './agent.ts';
import { Gateway } from './gateway.ts';
import { Room } from './room.ts';

type MakeProgram = (name: string, host: Host, start: (scope: Scope) => Promise<void>) => Program<void>;

/** The machine of one environment, with all that lives on it. */
export class Place {
  readonly name: string;
  readonly host: Host;
  readonly disk: MemoryDisk = createMemoryDisk();
  readonly room: Room;
  readonly gateway: Gateway;
  readonly agent: Program<void>;
  readonly #world: World;
  #key: KeyPair;
  #keys = 0;
  #wasLockedOut = false;

  constructor(world: World, name: string, key: KeyPair, controlKey: string, program: MakeProgram) {
    const { clock, artifacts } = world;
    this.#world = world;
    this.name = name;
    this.#key = key;
    this.host = new Host(clock);
    this.room = new Room(this.host, artifacts, world.chance(`room ${name}`));
    const onChange = (): void => world.witness.gateway(this);
    this.gateway = new Gateway({ host: this.host, artifacts, onChange });
    const { host, disk, room, gateway } = this;
    this.agent = program(`agent ${name}`, host, (scope) =>
      startAgent({
        environment: name,
        identity: this.identity(),
        host,
        scope,
        disk,
        room,
        gateway,
        network: world.network,
        artifacts,
        signingKey: this.#key,
        controlKey,
        chance: world.chance(`random bytes of ${name}`),
        weather: world.weather,
        writing: world.chance(`disk of ${name}`),
        log: world.log(`agent ${name}`),
      }),
    );
  }

  /** Its key is not the one that it began with, or nobody takes it any more. */
  get hasOldKeys(): boolean {
    return this.#keys > 0 || this.#wasLockedOut;
  }

  /** Somebody has revoked a key of its agent. */
  lockOut(): void {
    this.#wasLockedOut = true;
  }

  get publicKey(): string {
    return this.#key.publicKey;
  }

  /** Its key is none that is taken, as is committed now. */
  get isLockedOut(): boolean {
    const keys = this.#world.ledger.get('agent', this.identity().agent)?.keys ?? [];
    return !keysInForce(keys).includes(this.publicKey);
  }

  /** Made on its machine, and not used yet. */
  newKey(): KeyPair {
    this.#keys += 1;
    return keyOf(this.#world.seed, `agent of ${this.name}, ${this.#keys}`);
  }

  /** It starts again, and signs with another key. */
  takeKey(key: KeyPair): void {
    this.#key = key;
    this.agent.kill(1_000);
  }

  get id(): EnvironmentId {
    const [id] = this.identity().environments;
    if (id === undefined) throw new Error(`${this.name} is not declared yet`);
    return id;
  }

  identity(): AgentIdentity {
    const environment = this.#world.ledger
      .all('environment')
      .find(({ name }) => (name as string) === this.name);
    if (environment === undefined) throw new Error(`${this.name} is not declared yet`);
    return { agent: environment.agent, project: environment.project, environments: [environment.id] };
  }

  /** The machine loses its power, and comes up again with what its disk made sure of. */
  cutPower(): void {
    this.agent.cutPower(3_000);
    this.disk.cutPower();
    this.room.cutPower();
    this.gateway.restart(false);
  }
}
