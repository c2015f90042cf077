import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { whileAlone } from '../database/advisory-lock.js';
import type { Database } from '../database/database.js';
import type { DueGroup, DueWork } from './due-work.js';

const QUEUE = 'work';
/** Work that takes long waits for itself only: two pieces at a time, so that neither the database nor memory is full of it. */
const LONG_QUEUE = 'long-work';
const LONG_AT_ONCE = 2;
const SWEEP_LOCK = 762_002;

type Wake = { type: 'group'; group: DueGroup } | { type: 'message'; messageId: string } | { type: 'post' };

interface LongWork {
  run(group: DueGroup): Promise<void>;
  stop(): Promise<void>;
}

interface NamedWake {
  id: string;
  data: Wake;
}

const wakeOf = (group: DueGroup): NamedWake => ({
  id: `due-${group.kind}-${group.coalitionId}`,
  data: { type: 'group', group },
});

/**
 * The queue between the sweep and the workers. A job is a wake-up: ids only, a deterministic id, dropped when
 * done. It may be lost (the next sweep sends it again) or doubled (the worker finds nothing due).
 */
export class WakeUps {
  private readonly redis: Redis;
  private readonly queue: Queue<Wake>;
  private readonly longQueue: Queue<Wake>;
  private workers: Worker<Wake>[] = [];
  private timers: NodeJS.Timeout[] = [];
  private running = new Set<Promise<unknown>>();

  constructor(
    private readonly config: Config,
    private readonly db: Database,
    private readonly work: DueWork,
    private readonly post: { deliverDue(): Promise<number> },
    private readonly log: Logger,
    /** Does what takes long, in another process; without it that is done here. */
    private readonly longWork: LongWork | null = null,
  ) {
    this.redis = new Redis(config.redisUrl, { maxRetriesPerRequest: null });
    this.redis.on('error', (error) => this.log.warn({ error: error.message }, 'queue server out of reach'));
    this.queue = this.open(QUEUE);
    this.longQueue = this.open(LONG_QUEUE);
  }

  /** Starts the worker, the relay and the sweep. */
  start(): void {
    this.workers = [this.workOn(QUEUE, this.config.workerConcurrency), this.workOn(LONG_QUEUE, LONG_AT_ONCE)];
    this.every(this.config.sweepIntervalMs, 'sweep', () => this.sweep());
  }

  async stop(): Promise<void> {
    this.timers.forEach(clearInterval);
    await Promise.allSettled(this.running);
    // They take nothing new from here on; what takes long is put off, so that they need not wait for its end.
    const closed = Promise.all(this.workers.map((worker) => worker.close()));
    this.work.stopLong();
    await this.longWork?.stop();
    await closed;
    await Promise.all([this.queue.close(), this.longQueue.close()]);
    this.redis.disconnect();
  }

  /** Is the queue server answering? */
  async ping(): Promise<boolean> {
    return (await this.redis.ping().catch(() => '')) === 'PONG';
  }

  /**
   * Wakes a worker for all that is due and not done. Of several schedulers one sweeps at a time; nothing would
   * be done twice if two did.
   */
  async sweep(): Promise<void> {
    await whileAlone(this.db.source, SWEEP_LOCK, () => this.wakeAll());
  }

  private async wakeAll(): Promise<void> {
    const messages = await this.work.openMessages();
    const groups = await this.work.dueGroups();
    const isLong = ({ kind }: DueGroup) => this.work.isLong(kind);
    await this.wake(
      this.longQueue,
      groups.filter(isLong).map((group) => wakeOf(group)),
    );
    await this.wake(this.queue, [
      ...messages.map((messageId) => ({
        id: `message-${messageId}`,
        data: { type: 'message' as const, messageId },
      })),
      ...groups.filter((group) => !isLong(group)).map((group) => wakeOf(group)),
      { id: 'post', data: { type: 'post' } },
    ]);
  }

  private async wake(queue: Queue<Wake>, wakes: NamedWake[]): Promise<void> {
    if (wakes.length === 0) return;
    await queue.addBulk(
      wakes.map(({ id, data }) => ({
        name: data.type,
        data,
        opts: { jobId: id, removeOnComplete: true, removeOnFail: true },
      })),
    );
  }

  private open(name: string): Queue<Wake> {
    const queue = new Queue<Wake>(name, { connection: this.redis, prefix: this.config.queuePrefix });
    queue.on('error', () => undefined);
    return queue;
  }

  private workOn(name: string, concurrency: number): Worker<Wake> {
    const worker = new Worker<Wake>(name, (job) => this.handle(job.data), {
      connection: this.redis.duplicate(),
      prefix: this.config.queuePrefix,
      concurrency,
      // A killed worker's job is free again after this long; its rows are free at once.
      lockDuration: 10_000,
      stalledInterval: 5_000,
    });
    worker.on('failed', (job, error) =>
      this.log.error({ job: job?.id, error: error.message }, 'work failed; it will be tried again'),
    );
    worker.on('error', () => undefined);
    return worker;
  }

  private async handle(wake: Wake): Promise<void> {
    if (wake.type === 'group') await this.runGroup(wake.group);
    else if (wake.type === 'message') await this.work.runMessage(wake.messageId);
    else await this.post.deliverDue();
  }

  private async runGroup(group: DueGroup): Promise<void> {
    if (this.longWork && this.work.isLong(group.kind)) await this.longWork.run(group);
    else await this.work.runGroup(group);
  }

  /** Runs `task` on a plain timer, never twice at once. */
  private every(milliseconds: number, name: string, task: () => Promise<void>): void {
    let busy = false;
    const tick = () => {
      if (busy) return;
      busy = true;
      const run = task()
        .catch((error: unknown) =>
          this.log.error({ error: String(error) }, `${name} failed; it will be tried again`),
        )
        .finally(() => {
          busy = false;
          this.running.delete(run);
        });
      this.running.add(run);
    };
    tick();
    this.timers.push(setInterval(tick, milliseconds));
  }
}
